using System.ComponentModel;

namespace Microsoft.ML.Spiking;

/// <summary>
/// The processes that train one network together, of which this is one. <c>MpiCommunicator</c> of Microsoft.ML.Spiking.Mpi joins those that <c>mpirun</c>
/// has started.
/// </summary>
/// <remarks>All of them call the same things in the same order; what each gives and gets is of the same size on all.</remarks>
public abstract class TrainingCommunicator
{
    /// <summary>For the libraries of this product alone.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    private protected TrainingCommunicator() { }

    /// <summary>Which of the processes this is, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>How many processes there are.</summary>
    public abstract int Size { get; }

    /// <summary>What a log is told, as in "4 processes of Open MPI 4.1.4".</summary>
    internal abstract string Said { get; }

    /// <summary>Gathers what each process gives, in the order of their ranks.</summary>
    /// <param name="own">This one's.</param>
    /// <param name="all">Receives those of all, one after the other.</param>
    internal abstract void Gather(ReadOnlySpan<byte> own, Span<byte> all);

    /// <summary>Sends each process its part, and receives from each what it has for this one.</summary>
    /// <param name="parts">[receiver, number].</param>
    /// <param name="received">[sender, number].</param>
    internal abstract void Exchange(ReadOnlySpan<float> parts, Span<float> received);

    /// <summary>Adds the numbers of all processes up, in whatever order is fast.</summary>
    /// <param name="numbers">This one's; becomes the sums.</param>
    internal abstract void Sum(Span<float> numbers);

    /// <summary>Ends all processes, as one of them cannot go on and the others would wait for it for ever.</summary>
    /// <param name="reason">What the standard error is told.</param>
    internal abstract void Abort(string reason);
}
