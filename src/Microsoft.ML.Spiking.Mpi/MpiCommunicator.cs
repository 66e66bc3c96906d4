using System.Text;
using Microsoft.ML.Spiking.Native;
using Microsoft.Win32.SafeHandles;

namespace Microsoft.ML.Spiking;

/// <summary>
/// The processes that <c>mpirun</c> of Open MPI has started together: <c>options with { Communicator = MpiCommunicator.World }</c> trains one network on all
/// of them.
/// </summary>
/// <remarks>
/// <para>Open MPI 4 or 5 must be installed (on Debian and Ubuntu <c>apt install openmpi-bin</c>, on macOS <c>brew install open-mpi</c>). A program that
/// <c>mpirun</c> has not started is alone.</para>
/// <para>The processes are joined when <see cref="World"/> is first asked for, and take leave of each other when the program ends with exit code 0. One that
/// ends otherwise, or is killed, ends the others within seconds: <c>mpirun</c> sees to that.</para>
/// </remarks>
public sealed class MpiCommunicator : TrainingCommunicator
{
    private const int StandardError = 2;

    private static readonly Lazy<MpiCommunicator> s_world = new(() => new MpiCommunicator());

    private readonly string _version;

    private MpiCommunicator()
    {
        _version = OpenMpi.Join();
        (Rank, Size) = (OpenMpi.Rank, OpenMpi.Size);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            // The others would wait for one that has failed: without this they are ended.
            if (Environment.ExitCode == 0) OpenMpi.Leave();
        };
    }

    /// <summary>All processes of the job.</summary>
    /// <exception cref="InvalidOperationException">Open MPI is not there, or cannot start.</exception>
    public static MpiCommunicator World => s_world.Value;

    /// <inheritdoc/>
    public override int Rank { get; }

    /// <inheritdoc/>
    public override int Size { get; }

    /// <summary>How many there are, and by what they speak, as in "process 0 of 4, Open MPI 4.1.4".</summary>
    public override string ToString() => $"process {Rank} of {Size}, {_version}";

    internal override string Said => $"{Size} processes of {_version}";

    internal override unsafe void Gather(ReadOnlySpan<byte> own, Span<byte> all)
    {
        Fits(own.Length * (long)Size, all.Length);
        fixed (byte* from = own, to = all) OpenMpi.Gather(from, own.Length, to);
    }

    internal override unsafe void Exchange(ReadOnlySpan<float> parts, Span<float> received)
    {
        Fits(parts.Length, received.Length);
        fixed (float* from = parts, to = received) OpenMpi.Exchange(from, parts.Length / Size, to);
    }

    internal override unsafe void Sum(Span<float> numbers)
    {
        fixed (float* both = numbers) OpenMpi.Sum(both, numbers.Length);
    }

    internal override void Abort(string reason)
    {
        using (var errors = new FileStream(new SafeFileHandle(StandardError, ownsHandle: false), FileAccess.Write, bufferSize: 0))
            errors.Write(Encoding.UTF8.GetBytes(reason + Environment.NewLine));
        OpenMpi.Abort();
    }

    private static void Fits(long given, int room)
    {
        if (given != room) throw new ArgumentException($"There is room for {room} numbers, but {given} come.");
    }
}
