using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.ML.Spiking.Codes;

namespace Microsoft.ML.Spiking.Kernels;

/// <summary>
/// Which neurons of a layer hear which, as the kernels read it: each panel of 64 lanes has a row of numbers for each neuron that any of its columns hears, and
/// none for others.
/// </summary>
internal sealed class RecurrentSynapses
{
    private const int WordsPerPanel = Lanes.Panel / Lanes.Word;

    private readonly Lanes _lanes;
    private readonly Graph _graph;
    private readonly int[][] _heard;   // columns, ascending, [panel]
    private readonly int[] _rows;   // the first of each panel, and behind the last

    /// <param name="lanes">Where the neurons are.</param>
    /// <param name="graph">Which columns' neurons hear which columns'.</param>
    public RecurrentSynapses(Lanes lanes, Graph graph)
    {
        (_lanes, _graph) = (lanes, graph);
        _heard = [.. Enumerable.Range(0, lanes.Panels).Select(panel => Enumerable.Range(0, lanes.Columns).Where(pre => Hears(panel, pre)).ToArray())];
        _rows = new int[lanes.Panels + 1];
        for (int panel = 0; panel < lanes.Panels; panel++) _rows[panel + 1] = checked(_rows[panel] + _heard[panel].Length * lanes.Neurons);
        Length = checked(_rows[^1] * Lanes.Panel);
    }

    /// <summary>Numbers, those of padding among them, and those of pairs of columns that share a panel with others of which one hears the other.</summary>
    public int Length { get; }

    /// <summary>Rows of the panel that has most.</summary>
    public int MostRows => _heard.Max(heard => heard.Length) * _lanes.Neurons;

    /// <summary>The columns that a panel's neurons hear, ascending.</summary>
    public ReadOnlySpan<int> Heard(int panel) => _heard[panel];

    /// <summary>The numbers of a panel, [row, lane].</summary>
    public Span<float> Of(AlignedFloats values, int panel) => values.Span[(_rows[panel] * Lanes.Panel)..(_rows[panel + 1] * Lanes.Panel)];

    /// <summary>Those of a panel's rows whose neurons fired in a step, ascending.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="activity">What the neurons did.</param>
    /// <param name="step">The step.</param>
    /// <param name="rows">Receives them.</param>
    /// <returns>How many.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Fired(int panel, ColumnActivity activity, int step, Span<int> rows)
    {
        int count = 0, first = 0;
        foreach (int column in _heard[panel])
        {
            for (int word = 0; word < _lanes.WordsPerColumn; word++)
            {
                int lane = (column * _lanes.WordsPerColumn + word) * Lanes.Word;
                int fired = (ushort)(activity.Panel(lane / Lanes.Panel)[step] >> lane % Lanes.Panel);
                for (; fired != 0; fired &= fired - 1) rows[count++] = first + word * Lanes.Word + BitOperations.TrailingZeroCount(fired);
            }
            first += _lanes.Neurons;
        }
        return count;
    }

    /// <summary>Shows what a panel's neurons heard: in each step those of its rows whose neurons fired in the step before.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="activity">What the neurons did.</param>
    /// <param name="heard">Becomes a train of as many steps, with its bursts.</param>
    /// <param name="rows">Room for <see cref="MostRows"/>.</param>
    public void Show(int panel, ColumnActivity activity, Stimulus heard, Span<int> rows)
    {
        SpikeTrain train = heard.Fire();
        train.NextStep();
        for (int step = 0; step < activity.Steps - 1; step++, train.NextStep())
            foreach (int row in rows[..Fired(panel, activity, step, rows)]) train.Add(row);
        train.Bundle();
    }

    /// <summary>Sets to 0 what belongs to no pair of columns of which one hears the other, and so lies beside a column that does.</summary>
    /// <param name="panel">Which 64 lanes.</param>
    /// <param name="values">The panel's numbers, [row, lane].</param>
    public void Clear(int panel, Span<float> values)
    {
        for (int word = panel * WordsPerPanel; word < (panel + 1) * WordsPerPanel; word++)
        {
            int post = _lanes.ColumnOf(word), row = 0;
            foreach (int pre in _heard[panel])
            {
                int end = row + _lanes.Neurons;
                for (; row < end && (post >= _lanes.Columns || !_graph[post, pre]); row++)
                    values.Slice(row * Lanes.Panel + word % WordsPerPanel * Lanes.Word, Lanes.Word).Clear();
                row = end;
            }
        }
    }

    /// <summary>From [pair of columns, post, pre], the pairs row by row, to the order of the kernels.</summary>
    public float[] ToPanels(ReadOnlySpan<float> pairs)
    {
        var values = new float[Length];
        foreach (var (neuron, pre, first) in Lines())
        {
            ReadOnlySpan<float> line = pairs.Slice(first, _lanes.Neurons);
            int target = Place(neuron, pre);
            for (int i = 0; i < line.Length; i++) values[target + i * Lanes.Panel] = line[i];
        }
        return values;
    }

    /// <summary>The reverse of <see cref="ToPanels"/>.</summary>
    public float[] ToPairs(ReadOnlySpan<float> values)
    {
        var pairs = new float[_graph.Connections * _lanes.Neurons * _lanes.Neurons];
        foreach (var (neuron, pre, first) in Lines())
        {
            int source = Place(neuron, pre);
            for (int i = 0; i < _lanes.Neurons; i++) pairs[first + i] = values[source + i * Lanes.Panel];
        }
        return pairs;
    }

    /// <summary>The synapses the other way round: who is heard by whom.</summary>
    public RecurrentSynapses Reversed() => new(_lanes, Graph.FromAdjacency(_graph.Nodes,
        [.. Enumerable.Range(0, _graph.Nodes * _graph.Nodes).Select(i => _graph[i % _graph.Nodes, i / _graph.Nodes] ? 1f : 0f)]));

    /// <summary>Brings numbers of these synapses, times a factor, into the order of <see cref="Reversed"/>.</summary>
    /// <param name="values">In this order.</param>
    /// <param name="reversed">The synapses the other way round.</param>
    /// <param name="target">Receives them.</param>
    /// <param name="factor">The factor.</param>
    public void Reverse(AlignedFloats values, RecurrentSynapses reversed, AlignedFloats target, float factor = 1) => Parallel.For(0, _graph.Nodes, post =>
    {
        Span<float> from = values.Span, to = target.Span;
        for (int pre = 0; pre < _graph.Nodes; pre++)
        {
            if (!_graph[post, pre]) continue;
            for (int i = 0; i < _lanes.Neurons; i++)
            {
                int receiver = post * _lanes.Neurons + i, source = Place(receiver, pre), sender = pre * _lanes.Neurons;
                for (int at = 0; at < _lanes.Neurons;)
                {
                    // As many senders as one panel holds lie side by side.
                    int lane = _lanes.Of(sender + at), end = Math.Min(_lanes.Neurons, at + Lanes.Panel - lane % Lanes.Panel);
                    int place = reversed.Place(sender + at, post) + i * Lanes.Panel;
                    for (; at < end; at++) to[place++] = factor * from[source + at * Lanes.Panel];
                }
            }
        }
    });

    private bool Hears(int panel, int pre)
    {
        int last = Math.Min(_lanes.Columns - 1, _lanes.ColumnOf((panel + 1) * WordsPerPanel - 1));
        for (int post = _lanes.ColumnOf(panel * WordsPerPanel); post <= last; post++)
            if (_graph[post, pre]) return true;
        return false;
    }

    /// <summary>Where the numbers of a neuron and those of a column that it hears lie, one <see cref="Lanes.Panel"/> after the other.</summary>
    private int Place(int neuron, int pre)
    {
        int lane = _lanes.Of(neuron), panel = lane / Lanes.Panel;
        return (_rows[panel] + Array.BinarySearch(_heard[panel], pre) * _lanes.Neurons) * Lanes.Panel + lane % Lanes.Panel;
    }

    /// <summary>Each neuron with each column that it hears, and where their numbers begin as they are stored.</summary>
    private IEnumerable<(int Neuron, int Pre, int First)> Lines()
    {
        int first = 0;
        for (int post = 0; post < _graph.Nodes; post++)
        {
            for (int pre = 0; pre < _graph.Nodes; pre++)
            {
                if (!_graph[post, pre]) continue;
                for (int i = 0; i < _lanes.Neurons; i++, first += _lanes.Neurons) yield return (post * _lanes.Neurons + i, pre, first);
            }
        }
    }
}
