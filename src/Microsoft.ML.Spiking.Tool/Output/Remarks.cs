namespace Microsoft.ML.Spiking.Tool;

/// <summary>Where a step says what comes beside its result.</summary>
/// <param name="Say">For the eye: --quiet hides it.</param>
/// <param name="Warn">What a user should know before relying on the result; always shown.</param>
internal sealed record Remarks(Action<string> Say, Action<string> Warn);
