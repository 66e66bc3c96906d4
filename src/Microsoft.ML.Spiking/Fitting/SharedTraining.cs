using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Fitting;

/// <summary>A training among the processes that share it: what they decide together, and what becomes of all where one fails.</summary>
/// <param name="others">The processes; null where this one trains alone.</param>
internal sealed class SharedTraining(TrainingCommunicator? others)
{
    private bool _over;

    /// <summary>Whether this is the process that reports, writes checkpoints and says when training is to end.</summary>
    public bool IsFirst => others is null or { Rank: 0 };

    /// <summary>A value of the first process.</summary>
    public T OfFirst<T>(T own) where T : unmanaged => others is null ? own : All([own])[0];

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
        ExceptionDispatchInfo.Capture(
            failure ?? Trouble.Mpi.InvalidOperation($"Process {failed} of {others.Size} could not begin to train; see what it says.")).Throw();
        return result;
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

    /// <summary>The part of so many rows that this process measures, and their first.</summary>
    public Range Part(int rows)
        => others is null ? ..rows : (int)((long)rows * others.Rank / others.Size)..(int)((long)rows * (others.Rank + 1) / others.Size);

    /// <summary>Puts the parts of all processes together.</summary>
    /// <param name="numbers">[row, number], of which this process has its <see cref="Part"/>; receives those of all.</param>
    /// <param name="width">Numbers of a row.</param>
    public void Join(float[] numbers, int width)
    {
        if (others is null || width == 0) return;
        int rows = numbers.Length / width, most = (rows + others.Size - 1) / others.Size * width;
        var own = new float[most];
        var (first, count) = Part(rows).GetOffsetAndLength(rows);
        numbers.AsSpan(first * width, count * width).CopyTo(own);
        float[] all = All<float>(own);
        for (int rank = 0; rank < others.Size; rank++)
        {
            int start = (int)((long)rows * rank / others.Size) * width, end = (int)((long)rows * (rank + 1) / others.Size) * width;
            all.AsSpan(rank * most, end - start).CopyTo(numbers.AsSpan(start));
        }
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
            others.Abort($"Process {others.Rank} of {others.Size} cannot train on, and ends the others: {failure.Message}");
            throw;
        }
    }
}
