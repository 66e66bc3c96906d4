namespace Microsoft.ML.Spiking;

/// <summary>How the columns' panels are laid out: side by side, as few across as leave every neuron a row that can be seen.</summary>
internal sealed record RasterGrid(int Steps, int Columns, int Neurons, int Excitatory, int Across, double Row)
{
    private const double Left = 48;
    private const double Gap = 14;
    private const double Heading = 16;
    private const double Budget = 620;
    private const double LeastRow = 0.8;
    private const double FairRow = 1.6;
    private const double MostRow = 5;

    // Apart from their colour, the inhibitory neurons stand below the others.
    private const double Apart = 3;

    public static RasterGrid Of(SpikeRecording recording)
    {
        var grids = ((int[])[1, 2, 3, 4, 6, 8, 10, 12, 16])
            .Where(across => across == 1 || across <= recording.Columns && PanelWidth(across) / recording.Steps >= 1.5)
            .Select(across => new RasterGrid(recording.Steps, recording.Columns, recording.NeuronsPerColumn, recording.ExcitatoryNeurons, across, 0))
            .Select(grid => grid with { Row = (Budget - grid.Down * (Heading + Apart)) / (grid.Down * grid.Neurons) })
            .ToArray();
        RasterGrid best = grids.FirstOrDefault(grid => grid.Row >= FairRow) ?? grids.MaxBy(grid => grid.Row)!;
        return best with { Row = Math.Clamp(best.Row, LeastRow, MostRow) };
    }

    public double Height => Down * (Heading + PanelHeight);

    private int Down => (Columns + Across - 1) / Across;

    private double PanelHeight => Neurons * Row + Apart;

    private double StepWidth => PanelWidth(Across) / Steps;

    /// <summary>How wide a spike is drawn in a step of some width: a stroke, however long the step.</summary>
    public static double MarkWidth(double step) => Math.Clamp(0.6 * step, Math.Min(0.95 * step, 2), 7);

    /// <summary>The panel of a column.</summary>
    public Chart Chart(int column) => new(
        Left + column % Across * (PanelWidth(Across) + Gap),
        SvgPicture.Top + column / Across * (Heading + PanelHeight) + Heading,
        PanelWidth(Across),
        PanelHeight,
        Axis.Count("time step", 0, Steps - 1, (int)Math.Clamp(PanelWidth(Across) / 30, 1, 10)),
        new Axis("", 0, 1, 1));

    /// <summary>Whether no panel stands below that of a column.</summary>
    public bool IsLowest(int column) => column + Across >= Columns;

    public void Mark(Marks marks, int step, int column, int neuron)
    {
        Chart chart = Chart(column);
        double width = MarkWidth(StepWidth), height = Math.Max(0.75 * Row, Math.Min(Row, 1));
        marks.Add(chart.X(step) - width / 2, chart.Top + (neuron + 0.5) * Row + (neuron < Excitatory ? 0 : Apart) - height / 2, width, height);
    }

    private static double PanelWidth(int across) => (SvgPicture.Width - SvgPicture.Margin - Left - (across - 1) * Gap) / across;
}
