using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>A matrix product in blocks that fit the caches, as BLIS does it (Van Zee and van de Geijn 2015). It keeps its room for the next one.</summary>
/// <remarks>
/// All threads pack a block of a, [depth block, panel of rows, k, row]. Then each takes the next group of columns (and part of the rows), packs the
/// b of a depth block, [panel of columns, k, column], and runs the tiles, panel by panel: b's panel stays in the first cache, a's block in the second.
/// </remarks>
internal sealed unsafe class BlockedProduct<TTile> where TTile : struct, ITile
{
    // Numbers of the packed block of a, 4 MB, and its rows at most.
    private const int LeftLength = 1 << 20, LeftRows = 512;

    // Numbers of c that a group of columns has at most, 256 KB, and its panels.
    private const int GroupLength = 1 << 16, GroupPanels = 8;

    private static readonly ConcurrentQueue<BlockedProduct<TTile>> s_idle = new();

    private readonly Action<int> _pack, _multiply;
    private AlignedFloats _left = new(0);
    private AlignedFloats?[] _right = [];   // one a thread: packed b, then a tile
    private Matrix _a, _b, _c;
    private int _threads, _firstRow, _rowPanels, _firstDepth, _depth, _depthBlock, _group, _groups, _part, _parts, _next;
    private bool _add;

    private BlockedProduct() => (_pack, _multiply) = (Pack, Multiply);

    private static int PaddedTile => (TTile.Rows * TTile.Columns + 15) / 16 * 16;

    private int ColumnPanels => Ceiling(_c.Columns, TTile.Columns);

    public static void Run(Matrix a, Matrix b, Matrix c, bool add, int threads)
    {
        if (!s_idle.TryDequeue(out BlockedProduct<TTile>? product)) product = new();
        product.RunBlocks(a, b, c, add, threads);
        s_idle.Enqueue(product);
    }

    private static int Ceiling(int number, int divisor) => (number + divisor - 1) / divisor;

    private void RunBlocks(Matrix a, Matrix b, Matrix c, bool add, int threads)
    {
        (_a, _b, _c, _threads) = (a, b, c, threads);
        if (_right.Length < threads) Array.Resize(ref _right, threads);
        if (a.Columns == 0 && !add)
            for (int row = 0; row < c.Rows; row++) new Span<float>(c.At(row, 0), c.Columns).Clear();
        for (_firstRow = 0; _firstRow < c.Rows; _firstRow += LeftRows)
        {
            _rowPanels = Ceiling(Math.Min(LeftRows, c.Rows - _firstRow), TTile.Rows);
            int deepest = LeftLength / (_rowPanels * TTile.Rows);
            for (_firstDepth = 0; _firstDepth < a.Columns; _firstDepth += deepest)
            {
                _depth = Math.Min(deepest, a.Columns - _firstDepth);
                _depthBlock = Ceiling(_depth, Ceiling(_depth, TTile.Depth));
                _add = add || _firstDepth > 0;
                RunBlock();
            }
        }
        (_a, _b, _c) = (default, default, default);
    }

    private void RunBlock()
    {
        if (_left.Length < _depth * _rowPanels * TTile.Rows) _left = new AlignedFloats(_depth * _rowPanels * TTile.Rows);
        ForEach(_pack, _depth * _rowPanels * TTile.Rows < 1 << 15 ? 1 : _threads);

        // Groups as wide as the caches take, but some for each thread; where there are too few columns for that, their rows are shared out too.
        int wanted = _threads == 1 ? 1 : 4 * _threads;
        _group = Math.Clamp(Math.Min(ColumnPanels / wanted, GroupLength / (_rowPanels * TTile.Rows * TTile.Columns)), 1, GroupPanels);
        _groups = Ceiling(ColumnPanels, _group);
        _part = Ceiling(_rowPanels, Math.Clamp(Ceiling(wanted, 2 * _groups), 1, _rowPanels));
        _parts = Ceiling(_rowPanels, _part);
        ForEach(_multiply, Math.Min(_threads, _groups * _parts));
    }

    private void ForEach(Action<int> work, int threads)
    {
        _next = 0;
        if (threads == 1) work(0);
        else Parallel.For(0, threads, work);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(int thread)
    {
        int blocks = Ceiling(_depth, _depthBlock), end = _a.Rows;
        for (int item = Interlocked.Increment(ref _next) - 1; item < blocks * _rowPanels; item = Interlocked.Increment(ref _next) - 1)
        {
            var (block, panel) = Math.DivRem(item, _rowPanels);
            int row = _firstRow + panel * TTile.Rows;
            Packing.Run(_a.At(row, _firstDepth + block * _depthBlock), _a.RowStride, _a.ColumnStride, Math.Min(TTile.Rows, end - row), TTile.Rows,
                DepthOf(block), Left(block, panel));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(int thread)
    {
        int length = _group * _depthBlock * TTile.Columns;
        if (_right[thread] is not { } right || right.Length < length + PaddedTile) _right[thread] = right = new AlignedFloats(length + PaddedTile);
        for (int item = Interlocked.Increment(ref _next) - 1; item < _groups * _parts; item = Interlocked.Increment(ref _next) - 1)
        {
            var (group, part) = Math.DivRem(item, _parts);
            Multiply(group * _group, Math.Min((group + 1) * _group, ColumnPanels), part * _part, Math.Min((part + 1) * _part, _rowPanels),
                right.First, right.First + length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(int firstPanel, int endPanel, int firstRows, int endRows, float* right, float* tile)
    {
        for (int block = 0; block * _depthBlock < _depth; block++)
        {
            int depth = DepthOf(block), column = firstPanel * TTile.Columns;
            Packing.Panels(_b.At(_firstDepth + block * _depthBlock, column), _b.ColumnStride, _b.RowStride,
                Math.Min(endPanel * TTile.Columns, _c.Columns) - column, TTile.Columns, depth, right);
            for (int panel = firstPanel; panel < endPanel; panel++)
                for (int rows = firstRows; rows < endRows; rows++)
                    Tile(block, rows, panel, depth, right + (panel - firstPanel) * depth * TTile.Columns, tile);
        }
    }

    /// <param name="block">Which depth block.</param>
    /// <param name="rows">Which panel of rows.</param>
    /// <param name="panel">Which panel of columns.</param>
    /// <param name="depth">Of the block.</param>
    /// <param name="right">The packed panel of b.</param>
    /// <param name="tile">Room for a tile: one at the edge is worked out there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile(int block, int rows, int panel, int depth, float* right, float* tile)
    {
        int row = _firstRow + rows * TTile.Rows, column = panel * TTile.Columns;
        Tiles.Run<TTile>(depth, Left(block, rows), right, _c.At(row, column), _c.RowStride, _add || block > 0,
            Math.Min(TTile.Rows, _c.Rows - row), Math.Min(TTile.Columns, _c.Columns - column), tile);
    }

    private int DepthOf(int block) => Math.Min(_depthBlock, _depth - block * _depthBlock);

    private float* Left(int block, int panel) => _left.First + (nint)block * _depthBlock * _rowPanels * TTile.Rows + panel * TTile.Rows * DepthOf(block);
}
