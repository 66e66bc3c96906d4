namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>A request that cannot be served.</summary>
/// <param name="status">The HTTP status that says so.</param>
/// <param name="sentence">What came, what is needed.</param>
internal sealed class RequestFault(int status, string sentence) : Exception(sentence)
{
    public int Status => status;

    public static RequestFault Bad(string sentence) => new(StatusCodes.Status400BadRequest, sentence);

    public static RequestFault TooLarge()
        => new(StatusCodes.Status413PayloadTooLarge, $"The request is larger than {Bounds.Body >> 20} MiB; send a smaller image.");

    public static RequestFault TooSlow() => new(StatusCodes.Status408RequestTimeout, "The request comes too slowly; send it faster, or a smaller image.");

    /// <summary>The server has as much to do as it can, and says so at once instead of letting everybody wait.</summary>
    public static RequestFault Busy() => new(StatusCodes.Status503ServiceUnavailable, "The server has as much to do as it can; ask again in a moment.");

    /// <summary>The answer: the status and one sentence (RFC 9457).</summary>
    public Task AnswerAsync(HttpContext context)
    {
        if (status == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = $"{Bounds.Wait.TotalSeconds}";
        return TypedResults.Problem(Message, statusCode: status).ExecuteAsync(context);
    }
}
