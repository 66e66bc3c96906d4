using Microsoft.ML.Spiking.Kernels;

namespace Microsoft.ML.Spiking.Descent;

/// <summary>Adds gradients up in a fixed tree: neighbours by twos, then those sums by twos, and so on, as ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7)).</summary>
/// <remarks>
/// Where a number of neighbours that is a power of two is added by one process and their sum by another, the additions are the same, and so is each bit of
/// the result.
/// </remarks>
/// <param name="length">Numbers of a gradient.</param>
internal sealed class GradientTree(int length)
{
    private const int Chunk = 1 << 15;

    private readonly List<(AlignedFloats Sum, int Count)> _sums = [];
    private readonly Stack<AlignedFloats> _free = [];

    /// <summary>Room for a gradient, to be filled and given to <see cref="Add"/>.</summary>
    public AlignedFloats Room() => _free.TryPop(out AlignedFloats? room) ? room : new AlignedFloats(length);

    /// <summary>Adds the next gradient.</summary>
    /// <param name="gradient">From <see cref="Room"/>.</param>
    public void Add(AlignedFloats gradient)
    {
        int count = 1;
        for (; _sums.Count > 0 && _sums[^1].Count == count; count *= 2)
        {
            AlignedFloats before = _sums[^1].Sum;
            _sums.RemoveAt(_sums.Count - 1);
            OverChunks(length, (start, size) => Elementwise.Add(gradient.Span.Slice(start, size), before.Span.Slice(start, size)));
            _free.Push(gradient);
            gradient = before;
        }
        _sums.Add((gradient, count));
    }

    /// <summary>The sum of as many gradients as are a power of two; its room is to be given back.</summary>
    public AlignedFloats Take()
    {
        AlignedFloats sum = _sums.Single().Sum;
        _sums.Clear();
        return sum;
    }

    /// <summary>Takes a room back.</summary>
    public void GiveBack(AlignedFloats room) => _free.Push(room);

    /// <summary>The same tree over the rows of a matrix.</summary>
    /// <param name="rows">[gradient, number], of as many gradients as are a power of two; the first receives the sum.</param>
    /// <param name="width">Numbers of each.</param>
    public static void AddRows(AlignedFloats rows, int width)
    {
        int count = rows.Length / width;
        OverChunks(width, (start, size) =>
        {
            for (int apart = 1; apart < count; apart *= 2)
                for (int row = 0; row + apart < count; row += 2 * apart)
                    Elementwise.Add(rows.Span.Slice((row + apart) * width + start, size), rows.Span.Slice(row * width + start, size));
        });
    }

    /// <summary>Does a work on all numbers, a stretch a thread.</summary>
    public static void OverChunks(int length, Action<int, int> work)
    {
        int chunks = (length + Chunk - 1) / Chunk;
        if (chunks == 1) work(0, length);
        else Parallel.For(0, chunks, chunk => work(chunk * Chunk, Math.Min(Chunk, length - chunk * Chunk)));
    }
}
