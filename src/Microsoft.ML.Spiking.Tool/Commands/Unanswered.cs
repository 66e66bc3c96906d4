namespace Microsoft.ML.Spiking.Tool;

/// <summary>Rows that a model gives no answer for.</summary>
internal static class Unanswered
{
    public static string Sentence(long rows) => $"{Text.Count(rows)} {(rows == 1 ? "row" : "rows")} got no answer: a feature is missing or no finite number.";
}
