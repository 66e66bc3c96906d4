namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>A request that cannot be served.</summary>
/// <param name="status">The HTTP status that says so.</param>
/// <param name="sentence">What came, what is needed.</param>
internal sealed class RequestFault(int status, string sentence) : Exception(sentence)
{
    public int Status => status;

    public static RequestFault Bad(string sentence) => new(StatusCodes.Status400BadRequest, sentence);
}
