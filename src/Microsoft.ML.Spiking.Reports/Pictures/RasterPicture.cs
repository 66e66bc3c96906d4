using System.Globalization;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking;

/// <summary>Every spike of one sample: a panel for each column, a row for each neuron, time from left to right; below, the input.</summary>
internal static class RasterPicture
{
    private const double Left = 72;
    private const double InputHeight = 120;

    public static SvgPicture Draw(LayerRecording recording)
    {
        RasterGrid grid = RasterGrid.Of(recording.Steps, recording.Columns, recording.NeuronsPerColumn, recording.ExcitatoryNeurons);
        double input = SvgPicture.Top + grid.Height + 72;
        int on = Enumerable.Range(0, recording.IsHeld ? 1 : recording.Steps).Sum(step => recording.Inputs(step).Length);
        string spikes = recording.SpikeCount.Sum().ToString("N0", CultureInfo.InvariantCulture), events = on.ToString("N0", CultureInfo.InvariantCulture);
        return new SvgPicture(
            "Spikes of one sample",
            $"{recording.Columns} columns of {recording.NeuronsPerColumn} neurons, {recording.Steps} steps: {spikes} spikes from {events} input events",
            input + InputHeight + 48,
            Legend.Draw(SvgPicture.Width - SvgPicture.Margin, 36, ("excitatory", "excitatory"), ("inhibitory", "inhibitory"), ("quiet", "input")),
            Enumerable.Range(0, recording.Columns).Select(column => Panel(recording, grid, column)),
            Svg.Upwards("quiet", SvgPicture.Margin, SvgPicture.Top + grid.Height / 2, "neurons of each column"),
            Svg.Text("quiet", SvgPicture.Width / 2, SvgPicture.Top + grid.Height + 33, "time step", "middle"),
            Input(recording, new Chart(Left, input, SvgPicture.Width - SvgPicture.Margin - Left, InputHeight,
                Axis.Count("time step", 0, recording.Steps - 1, 10), Axis.FromZero("input", recording.InputCount) with { To = recording.InputCount })));
    }

    private static XElement Panel(LayerRecording recording, RasterGrid grid, int column)
    {
        Marks excitatory = new(), inhibitory = new();
        for (int neuron = 0; neuron < recording.NeuronsPerColumn; neuron++)
        {
            Marks marks = neuron < recording.ExcitatoryNeurons ? excitatory : inhibitory;
            for (int step = 0; step < recording.Steps; step++)
                if (recording.Fired(step, column, neuron)) grid.Mark(marks, step, column, neuron);
        }
        Chart chart = grid.Chart(column);
        return Svg.Group(
            "column",
            Svg.Rectangle("grid-line", chart.Left, chart.Top, chart.Width, chart.Height),
            Svg.Text("quiet small", chart.Left, chart.Top - 4, grid.Across == 1 ? $"column {column}" : column.ToString(CultureInfo.InvariantCulture)),
            excitatory.IsEmpty ? null : Svg.Path("excitatory", excitatory.ToString()),
            inhibitory.IsEmpty ? null : Svg.Path("inhibitory", inhibitory.ToString()),
            grid.IsLowest(column) ? chart.TicksBelow() : null);
    }

    private static XElement Input(LayerRecording recording, Chart chart)
    {
        double row = Math.Max(0.6, 0.75 * chart.Height / chart.Up.To), mark = RasterGrid.MarkWidth(chart.Width / recording.Steps);
        int last = recording.Steps - 1;
        var marks = new Marks();
        for (int step = 0; step < recording.Steps; step = recording.IsHeld ? recording.Steps : step + 1)
            foreach (int input in recording.Inputs(step))
                marks.Add(chart.X(step) - mark / 2, chart.Y(input + 0.5) - row / 2, recording.IsHeld ? chart.X(last) - chart.X(0) + mark : mark, row);
        return Svg.Group(
            "input",
            Svg.Text("ink heading", chart.Left, chart.Top - 12, recording.IsHeld ? "Input, held in all steps" : "Input"),
            chart.Frame(),
            marks.IsEmpty ? null : Svg.Path("quiet", marks.ToString()));
    }
}
