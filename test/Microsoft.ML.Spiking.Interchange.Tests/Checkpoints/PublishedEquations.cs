namespace Microsoft.ML.Spiking.Tests.Checkpoints;

/// <summary>The published network's evaluation, equation by equation, in float64: an independent calculation.</summary>
internal sealed class PublishedEquations
{
    private const double TopFraction = 0.1, LeastProbability = 0.3;

    public required float[][,] Excitatory { get; init; }

    public required float[][,] Inhibitory { get; init; }

    public required float[] InputScale { get; init; }

    public required float[,] Topology { get; init; }

    public required float[,] InterWeights { get; init; }

    public required float[] AverageRate { get; init; }

    public required double TargetRate { get; init; }

    public required (float[,] Weight, float[] Bias) Hidden { get; init; }

    public required (float[,] Weight, float[] Bias) Output { get; init; }

    public required int TimeSteps { get; init; }

    public (double Alpha, double Beta) OfExcitatory { get; init; } = (Math.Exp(-1 / 20.0), Math.Exp(-1 / 5.0));

    public (double Alpha, double Beta) OfInhibitory { get; init; } = (Math.Exp(-1 / 16.0), Math.Exp(-1 / 4.0));

    /// <summary>The network of a golden file.</summary>
    public static PublishedEquations Of(GoldenFile file)
    {
        int columns = file.Integer("parameters.columns"), inputs = file.Inputs(), hidden = file.Integer("parameters.readout_hidden"), classes = file.Integer("parameters.classes");
        return new()
        {
            Excitatory = Cut(file.Array("inputs.excitatory_weights"), columns, inputs),
            Inhibitory = Cut(file.Array("inputs.inhibitory_weights"), columns, inputs),
            InputScale = file.Array("inputs.input_scale"),
            Topology = Matrix(file.Array("inputs.topology"), columns),
            InterWeights = Matrix(file.Array("inputs.inter_weights"), columns),
            AverageRate = file.Array("inputs.spike_rate_avg"),
            TargetRate = file.Number("inputs.target_rate"),
            Hidden = (Matrix(file.Array("inputs.readout_0_weight"), hidden), file.Array("inputs.readout_0_bias")),
            Output = (Matrix(file.Array("inputs.readout_3_weight"), classes), file.Array("inputs.readout_3_bias")),
            TimeSteps = file.Integer("parameters.time_steps"),
        };
    }

    /// <summary>The same with every number rounded, as a model of another type holds them.</summary>
    public PublishedEquations Rounded(Func<float, float> round) => new()
    {
        Excitatory = [.. Excitatory.Select(each => Of(each, round))], Inhibitory = [.. Inhibitory.Select(each => Of(each, round))], InputScale = [.. InputScale.Select(round)], Topology = Topology, InterWeights = Of(InterWeights, round),
        AverageRate = [.. AverageRate.Select(round)], TargetRate = round((float)TargetRate), Hidden = (Of(Hidden.Weight, round), [.. Hidden.Bias.Select(round)]),
        Output = (Of(Output.Weight, round), [.. Output.Bias.Select(round)]), TimeSteps = TimeSteps,
        OfExcitatory = (round((float)OfExcitatory.Alpha), round((float)OfExcitatory.Beta)), OfInhibitory = (round((float)OfInhibitory.Alpha), round((float)OfInhibitory.Beta)),
    };

    /// <summary>The logits of a standardised row.</summary>
    public double[] Logits(ReadOnlySpan<float> x)
    {
        int columns = Excitatory.Length, excitatory = Excitatory[0].GetLength(0), neurons = excitatory + Inhibitory[0].GetLength(0);
        var p = new double[x.Length];
        for (int i = 0; i < p.Length; i++) p[i] = 0.5 / (1 + Math.Exp(-(double)x[i] * InputScale[i]));
        bool[] spikes = [.. p.Select(_ => false)];
        foreach (int i in Enumerable.Range(0, p.Length).OrderByDescending(i => p[i]).ThenBy(i => i).Take((int)(TopFraction * p.Length))) spikes[i] = p[i] > LeastProbability;

        double[,] synapse = new double[columns, neurons], membrane = new double[columns, neurons], accumulated = new double[columns, neurons], counted = new double[columns, neurons];
        for (int t = 0; t < TimeSteps; t++)
        {
            var signed = new double[columns, neurons];
            for (int c = 0; c < columns; c++)
                for (int n = 0; n < neurons; n++)
                {
                    bool excites = n < excitatory;
                    double current = 0;
                    for (int i = 0; i < spikes.Length; i++)
                        if (spikes[i]) current += excites ? Excitatory[c][n, i] : Inhibitory[c][n - excitatory, i];
                    var (alpha, beta) = excites ? OfExcitatory : OfInhibitory;
                    synapse[c, n] = beta * synapse[c, n] + current;
                    membrane[c, n] = alpha * membrane[c, n] + synapse[c, n];
                    if (membrane[c, n] < (excites ? 2.5 : 2)) continue;
                    membrane[c, n] = 0;
                    signed[c, n] = excites ? 1 : -1;
                }
            double[] rate = [.. Enumerable.Range(0, columns).Select(c => Enumerable.Range(0, neurons).Average(n => signed[c, n]))];
            for (int c = 0; c < columns; c++)
            {
                double influence = Enumerable.Range(0, columns).Sum(pre => rate[pre] * Topology[c, pre] / (1 + Math.Exp(-InterWeights[c, pre])));
                for (int n = 0; n < neurons; n++) accumulated[c, n] += signed[c, n] * (1 + 0.1 * influence);
            }
        }
        double[] read = [.. Enumerable.Range(0, columns * neurons).Select(i =>
            accumulated[i / neurons, i % neurons] / TimeSteps * Math.Clamp(TargetRate / (AverageRate[i / neurons] + 1e-6), 0.3, 3))];
        return Linear(Output, [.. Linear(Hidden, read).Select(value => Math.Max(value, 0))]);

        static double[] Linear((float[,] Weight, float[] Bias) layer, double[] input)
            => [.. layer.Bias.Select((bias, o) => bias + input.Select((value, i) => value * layer.Weight[o, i]).Sum())];
    }

    private static float[][,] Cut(float[] weights, int columns, int inputs)
        => [.. weights.Chunk(weights.Length / columns).Select(column => Matrix(column, column.Length / inputs))];

    private static float[,] Matrix(float[] values, int rows)
    {
        var matrix = new float[rows, values.Length / rows];
        for (int i = 0; i < values.Length; i++) matrix[i / matrix.GetLength(1), i % matrix.GetLength(1)] = values[i];
        return matrix;
    }

    private static float[,] Of(float[,] matrix, Func<float, float> round)
    {
        var rounded = (float[,])matrix.Clone();
        for (int r = 0; r < matrix.GetLength(0); r++)
            for (int c = 0; c < matrix.GetLength(1); c++) rounded[r, c] = round(matrix[r, c]);
        return rounded;
    }
}
