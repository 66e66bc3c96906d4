namespace Microsoft.ML.Spiking.Storage;

/// <summary>The label's key values, in a model: what the classes stand for.</summary>
/// <param name="Kind">What kind of values they are, as in "Text" or "Single".</param>
/// <param name="Values">Each as text, [class].</param>
internal sealed record StoredClasses(string Kind, string[] Values);
