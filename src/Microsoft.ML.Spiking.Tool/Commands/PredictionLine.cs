namespace Microsoft.ML.Spiking.Tool;

/// <summary>What a model says of one row.</summary>
/// <param name="Row">The row, from 0.</param>
/// <param name="Source">The image file; null where rows have no names.</param>
/// <param name="Label">The most probable class; null where a feature of the row is missing.</param>
/// <param name="Score">Its probability.</param>
/// <param name="Top">The most probable classes, the first of them again.</param>
internal sealed record PredictionLine(long Row, string? Source, string? Label, double? Score, IReadOnlyList<ClassScore> Top)
{
    public static PredictionLine Of(long row, string? source, float[] scores, IReadOnlyList<string> classes, int top)
    {
        if (scores.Any(float.IsNaN)) return new PredictionLine(row, source, null, null, []);
        ClassScore[] best = [.. scores.Select((score, c) => new ClassScore(classes[c], score)).OrderByDescending(c => c.Score).Take(top)];
        return new PredictionLine(row, source, best[0].Label, best[0].Score, best);
    }

    /// <summary>Cells between tabs: the row's name, then classes and their probabilities; a line, whatever the names hold.</summary>
    public override string ToString()
    {
        string name = Source is null ? FormattableString.Invariant($"{Row}") : Text.Line(Source);
        return Label is null ? $"{name}\t-\t-" : $"{name}\t{string.Join('\t', Top.Select(c => $"{Text.Line(c.Label)}\t{Text.Of(c.Score)}"))}";
    }
}

/// <summary>A class and its probability.</summary>
internal sealed record ClassScore(string Label, double Score);
