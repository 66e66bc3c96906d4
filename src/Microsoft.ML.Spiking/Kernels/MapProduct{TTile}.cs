using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary><see cref="MapProduct"/> by tiles of some width.</summary>
/// <remarks>
/// A map is copied once for each column of the kernel, moved sideways, with rows of 0 above and below. There, what a weight sees of neighbouring places are
/// neighbouring numbers, and rows of the kernel are a shift: the matrix of all that all weights see is never made, only panels of it that fit the first cache.
/// </remarks>
internal sealed unsafe class MapProduct<TTile> : MapProduct where TTile : struct, ITile
{
    // Places that are worth a run of tiles: fewer leave much of the last panel empty.
    private const int PlacesTogether = 512;

    private readonly int _rows, _columns;   // of the kernel, as far as it meets the image
    private readonly int _taps;   // weights of a row of the kernel, of all inputs
    private readonly int _plane, _seen;   // numbers of a map's channel, moved sideways, and of a map
    private readonly int _depth, _block;   // weights of an output, and how many are taken at once
    private readonly int _panels;   // of outputs, in rows of a tile
    private readonly int _together;   // maps at once
    private readonly AlignedFloats _weights;   // [panel of outputs, weight, output]

    public MapProduct(MapKernel kernel) : base(kernel)
    {
        (_rows, _columns) = (2 * kernel.Down + 1, 2 * kernel.Across + 1);
        _taps = kernel.Inputs * _columns;
        _plane = (kernel.Height + 2 * kernel.Down) * kernel.Width;
        _seen = checked(_taps * _plane);
        _depth = _rows * _taps;
        _block = Blocked(_depth);
        _panels = Ceiling(kernel.Outputs, TTile.Rows);
        _together = (int)Math.Clamp((long)Array.MaxLength / 2 / _seen, 1, Math.Max(1, PlacesTogether / kernel.Places));
        _weights = new AlignedFloats(checked(_panels * TTile.Rows * _depth));
    }

    public override int Sums => _rows * TapPanels * TTile.Rows * SumColumns;

    /// <summary>Panels of a kernel row's weights, in rows of a tile.</summary>
    private int TapPanels => Ceiling(_taps, TTile.Rows);

    /// <summary>Outputs as sums of the weights' gradient lie.</summary>
    private int SumColumns => Ceiling(Kernel.Outputs, TTile.Columns) * TTile.Columns;

    public override MapProductRoom Room()
    {
        int places = Blocked(Kernel.Places);
        // What is read and written beyond a panel's end, and never looked at.
        const int Beyond = Lanes.Panel;
        return new MapProductRoom(new AlignedFloats(_together * _seen + Beyond), new AlignedFloats(places * TTile.Rows),
            new AlignedFloats(Math.Max(_block * TTile.Columns, places * SumColumns) + Beyond), new AlignedFloats(_panels * TTile.Rows * TTile.Columns));
    }

    public override void Take(ReadOnlySpan<float> weights, bool back = false)
    {
        MapKernel kernel = Kernel, other = kernel.Back;
        for (int output = 0; output < kernel.Outputs; output++)
        {
            float* target = _weights.First + (nint)(output / TTile.Rows) * _depth * TTile.Rows + output % TTile.Rows;
            for (int row = -kernel.Down; row <= kernel.Down; row++)
                for (int input = 0; input < kernel.Inputs; input++)
                    for (int column = -kernel.Across; column <= kernel.Across; column++, target += TTile.Rows)
                        *target = weights[back ? other.Weight(input, output, -row, -column) : kernel.Weight(output, input, row, column)];
        }
    }

    public override void Run(ReadOnlySpan<float> maps, Span<float> made, MapProductRoom room)
    {
        int read = Kernel.Inputs * Kernel.Places, written = Kernel.Outputs * Kernel.Places, count = maps.Length / read;
        fixed (float* target = made)
        {
            for (int first = 0; first < count; first += _together)
            {
                int together = Math.Min(_together, count - first);
                See(maps.Slice(first * read, together * read), room.Seen);
                for (int place = 0; place < together * Kernel.Places; place += TTile.Columns)
                    Panel(place, Math.Min(TTile.Columns, together * Kernel.Places - place), target + (nint)first * written, room);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddWeights(ReadOnlySpan<float> maps, ReadOnlySpan<float> gradient, AlignedFloats sums, MapProductRoom room)
    {
        int places = Kernel.Places, read = Kernel.Inputs * places, written = Kernel.Outputs * places, block = Blocked(places);
        fixed (float* gradients = gradient)
        {
            for (int map = 0; map < maps.Length / read; map++)
            {
                See(maps.Slice(map * read, read), room.Seen);
                for (int first = 0; first < places; first += block)
                    AddWeights(first, Math.Min(block, places - first), gradients + (nint)map * written, sums, room);
            }
        }
    }

    public override void Leave(AlignedFloats sums, Span<float> gradient)
    {
        MapKernel kernel = Kernel;
        for (int row = -kernel.Down, at = 0; row <= kernel.Down; row++, at += TapPanels * TTile.Rows)
            for (int input = 0, tap = at; input < kernel.Inputs; input++)
                for (int column = -kernel.Across; column <= kernel.Across; column++, tap++)
                    for (int output = 0; output < kernel.Outputs; output++)
                        gradient[kernel.Weight(output, input, row, column)] += sums.Span[tap * SumColumns + output];
    }

    private static int Ceiling(int number, int divisor) => (number + divisor - 1) / divisor;

    /// <summary>How many of some steps of a product are taken at once: as many as fit the first cache, in parts of one size.</summary>
    private static int Blocked(int depth) => Ceiling(depth, Ceiling(depth, TTile.Depth));

    /// <summary>Copies maps as the columns of the kernel see them. The rows of 0 are there from the start, and stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void See(ReadOnlySpan<float> maps, AlignedFloats seen)
    {
        int places = Kernel.Places, width = Kernel.Width, across = Kernel.Across;
        Span<float> target = seen.Span[(Kernel.Down * width)..];
        for (int channel = 0, at = 0; channel < maps.Length; channel += places)
        {
            ReadOnlySpan<float> source = maps.Slice(channel, places);
            for (int column = -across; column <= across; column++, at += _plane)
            {
                Span<float> own = target.Slice(at, places);
                if (column >= 0) source[column..].CopyTo(own);
                else source[..^-column].CopyTo(own[-column..]);
                // What came over from the row beside it.
                int first = column > 0 ? width - column : 0;
                for (int row = 0; row < places && column != 0; row += width) own.Slice(row + first, Math.Abs(column)).Clear();
            }
        }
    }

    /// <summary>Makes all outputs of some neighbouring places, which several maps may have part in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Panel(int firstPlace, int count, float* made, MapProductRoom room)
    {
        int places = Kernel.Places;
        for (int first = 0; first < _depth; first += _block)
        {
            int depth = Math.Min(_block, _depth - first);
            Pack(firstPlace, count, first, depth, room);
            for (int panel = 0; panel < _panels; panel++)
            {
                TTile.Run(depth, _weights.First + ((nint)panel * _depth + first) * TTile.Rows, room.Right.First,
                    room.Tiles.First + panel * TTile.Rows * TTile.Columns, TTile.Columns, add: first > 0);
            }
        }
        for (int lane = 0; lane < count;)
        {
            var (map, place) = Math.DivRem(firstPlace + lane, places);
            int length = Math.Min(count - lane, places - place);
            float* target = made + (nint)map * Kernel.Outputs * places + place, source = room.Tiles.First + lane;
            for (int output = 0; output < Kernel.Outputs; output++, target += places, source += TTile.Columns)
                new ReadOnlySpan<float>(source, length).CopyTo(new Span<float>(target, length));
            lane += length;
        }
    }

    /// <summary>Copies what some weights see of some places, [weight, place].</summary>
    /// <remarks>Each map's part is copied to the panel's end and beyond, where the next map's part, or the next row, writes over it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(int firstPlace, int count, int first, int depth, MapProductRoom room)
    {
        int places = Kernel.Places;
        var (row, tap) = Math.DivRem(first, _taps);
        float* target = room.Right.First;
        for (int k = 0; k < depth; k++, target += TTile.Columns)
        {
            float* seen = room.Seen.First + tap * _plane + row * Kernel.Width;
            if (++tap == _taps) (row, tap) = (row + 1, 0);
            for (int lane = 0; lane < count;)
            {
                var (map, place) = Math.DivRem(firstPlace + lane, places);
                float* source = seen + (nint)map * _seen + place;
                for (int at = lane; at < TTile.Columns; at += 8, source += 8) Vector256.Load(source).Store(target + at);
                lane += places - place;
            }
        }
    }

    /// <summary>Adds to the weights' gradient what some places of a map bring.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddWeights(int first, int depth, float* gradient, AlignedFloats sums, MapProductRoom room)
    {
        int places = Kernel.Places, columns = SumColumns;
        for (int output = 0; output < columns; output += TTile.Columns)
            Packing.Run(gradient + (nint)output * places + first, places, 1, Math.Min(TTile.Columns, Kernel.Outputs - output), TTile.Columns, depth,
                room.Right.First + output * depth);
        float* target = sums.First;
        for (int row = 0; row < _rows; row++)
        {
            for (int tap = 0; tap < _taps; tap += TTile.Rows, target += TTile.Rows * columns)
            {
                Packing.Run(room.Seen.First + (nint)tap * _plane + row * Kernel.Width + first, _plane, 1, Math.Min(TTile.Rows, _taps - tap), TTile.Rows, depth,
                    room.Left.First);
                for (int output = 0; output < columns; output += TTile.Columns)
                    TTile.Run(depth, room.Left.First, room.Right.First + output * depth, target + output, columns, add: true);
            }
        }
    }
}
