namespace Microsoft.ML.Spiking.Samples.Tests.Scripting;

/// <summary>Something that a cell said or showed.</summary>
/// <param name="Kind">As Jupyter names it: stream, display_data or execute_result.</param>
/// <param name="MediaType">What the content is; of a stream text/plain.</param>
internal sealed record CellOutput(string Kind, string MediaType, string Content);
