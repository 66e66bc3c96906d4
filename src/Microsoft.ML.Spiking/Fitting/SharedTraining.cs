using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Spiking.Ground;
using Microsoft.ML.Spiking.Samples;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>A training among the processes that share it: what they decide together, and what becomes of all where one fails.</summary>
/// <param name="others">The processes; null where this one trains alone.</param>
internal sealed class SharedTraining(TrainingCommunicator? others)
{
    private const int Piece = 1 << 20;   // bytes of a file that are sent at a time

    private bool _over;

    /// <summary>Whether this is the process that reports, writes checkpoints and says when training is to end.</summary>
    public bool IsFirst => others is null or { Rank: 0 };

    /// <summary>A value of the first process.</summary>
    public T OfFirst<T>(T own) where T : unmanaged => others is null ? own : All([own])[0];

    /// <summary>Whether something is so on all processes.</summary>
    public bool OfAll(bool own) => !All([own]).Contains(false);

    /// <summary>The checkpoint of the first process, which alone needs its file; null where it has none.</summary>
    /// <param name="path">Where it lies.</param>
    /// <exception cref="InvalidDataException">It is no checkpoint, is damaged, or is of another format; so say all processes.</exception>
    public Checkpoint? Resumed(string? path)
    {
        if (others is null) return path is null ? null : CheckpointFile.Read(path);
        byte[]? own = Begin(() => IsFirst && path is not null ? CheckpointFile.Bytes(path) : null);
        int length = OfFirst(own?.Length ?? -1);
        if (length < 0) return null;
        byte[] contents = own ?? new byte[length], piece = new byte[Piece];
        for (int sent = 0; length - sent is > 0 and var left; sent += Math.Min(left, Piece))
        {
            Span<byte> sending = contents.AsSpan(sent, Math.Min(left, Piece));
            sending.CopyTo(piece);
            All<byte>(piece).AsSpan(0, sending.Length).CopyTo(sending);
        }
        return CheckpointFile.Read(path ?? "of process 0", new MemoryStream(contents));
    }

    /// <summary>What each process has, in the order of their ranks; of each as many.</summary>
    public T[] All<T>(ReadOnlySpan<T> own) where T : unmanaged
    {
        if (others is null) return own.ToArray();
        var all = new T[own.Length * others.Size];
        others.Gather(MemoryMarshal.AsBytes(own), MemoryMarshal.AsBytes(all.AsSpan()));
        return all;
    }

    /// <summary>Does what comes before training, in which each process may fail by itself; then none trains.</summary>
    public T Begin<T>(Func<T> work)
    {
        if (others is null) return work();
        T result = default!;
        Exception? failure = null;
        try
        {
            result = work();
        }
        catch (Exception own)
        {
            failure = own;
        }
        int failed = Array.FindIndex(All([failure is null]), well => !well);
        if (failed < 0) return result;
        _over = true;
        // Whom it reaches first, it is for all.
        bool cancelled = All([failure is OperationCanceledException])[failed];
        if (failure is null && cancelled) new CancellationToken(canceled: true).ThrowIfCancellationRequested();
        ExceptionDispatchInfo.Capture(
            failure ?? Trouble.Mpi.InvalidOperation($"Process {failed} of {others.Size} could not begin to train; see what it says.")).Throw();
        return result;
    }

    /// <summary>
    /// Makes sure that all processes have the same options, as far as they decide what is computed, and when all of them meet: where one differs, one would
    /// wait for ever, or train another network.
    /// </summary>
    /// <exception cref="InvalidOperationException">They have not.</exception>
    public void Agree(SpikingNetworkOptions options)
    {
        if (others is null) return;
        // Machines may write numbers each in its own language.
        Agree("options", string.Create(CultureInfo.InvariantCulture,
            $"{Checkpoint.NetworkOf(options)} {Checkpoint.RecipeOf(options)} {options.Names} {options.ExampleWeightColumnName} {options.Seed} "
            + $"{options.GradientSum} {options.ValidationInterval} {options.EarlyStopping?.Patience} {options.EarlyStopping?.MinimumGain} "
            + $"{options.Calibration} {options.OnCancel}"));
    }

    /// <summary>Makes sure that all processes train the same.</summary>
    /// <param name="what">What is to be the same, as a sentence names it.</param>
    /// <param name="text">This process's.</param>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public void Agree(string what, string text)
    {
        byte[] digests = All(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan());
        for (int rank = 1; rank < digests.Length / SHA256.HashSizeInBytes; rank++)
        {
            if (digests.AsSpan(rank * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes).SequenceEqual(digests.AsSpan(0, SHA256.HashSizeInBytes))) continue;
            _over = true;
            throw Trouble.Mpi.InvalidOperation($"Process {rank} of {others!.Size} has other {what} than process 0, but processes that train together share "
                + "them; start all of them alike.");
        }
    }

    /// <summary>
    /// The room that all processes have for rows, of which each holds its part: as often that of the one that has the least as there are processes, so that all
    /// of them find alike whether it is enough.
    /// </summary>
    public RowRoom Room(SpikingNetworkOptions options)
    {
        if (others is null) return new RowRoom(options.BlockRows, options.RowMemory ?? RowRoom.OfMachine);
        // Processes of one machine share its memory.
        Int128[] machines = All([MemoryMarshal.Read<Int128>(SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName)))]);
        long own = options.RowMemory ?? RowRoom.OfMachine / machines.Count(machine => machine == machines[others.Rank]);
        return new RowRoom(options.BlockRows, (long)Int128.Min((Int128)All([own]).Min() * others.Size, long.MaxValue));
    }

    /// <summary>Puts what each process has found of its rows (<see cref="RowShare.ToMeasureOn"/>) together.</summary>
    /// <param name="own">[row, number] of those of this process.</param>
    /// <param name="rows">Rows of all.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <returns>[row, number] of all.</returns>
    public float[] Join(float[] own, int rows, int width)
    {
        if (others is null) return own;
        int most = (rows + others.Size - 1) / others.Size * width;
        Array.Resize(ref own, most);
        float[] parts = All<float>(own), all = new float[rows * width];
        for (int row = 0; row < rows; row++)
            parts.AsSpan(row % others.Size * most + row / others.Size * width, width).CopyTo(all.AsSpan(row * width));
        return all;
    }

    /// <summary>Says that training ends now, by an error that all processes have come to.</summary>
    public void End() => _over = true;

    /// <summary>Runs the training. A process that fails by itself ends all of them, which would wait for it for ever.</summary>
    public T Run<T>(Func<T> work)
    {
        if (others is null) return work();
        try
        {
            return work();
        }
        catch (Exception failure) when (!_over)
        {
            // What reads data for ML.NET says that something failed; what did is within.
            Exception cause = failure.GetBaseException();
            others.Abort($"Process {others.Rank} of {others.Size} cannot train on, and ends the others: {failure.Message}"
                + (cause == failure ? "" : $" {cause.Message}"));
            throw;
        }
    }
}
