using System.Net;

namespace Microsoft.ML.Spiking.Samples.Mnist.Tests;

/// <summary>Answers in the network's place and remembers what it was asked for.</summary>
internal sealed class PretendNetwork(Func<Uri, CancellationToken, Task<HttpContent>> answer) : HttpMessageHandler
{
    public List<Uri> Asked { get; } = [];

    public static PretendNetwork Serving(Func<Uri, byte[]> content)
        => new((address, _) => Task.FromResult<HttpContent>(new ByteArrayContent(content(address))));

    public static PretendNetwork Good() => Serving(address => SmallMnist.Packed(NameIn(address)));

    public static PretendNetwork Down() => Serving(_ => throw new HttpRequestException("no route to host"));

    public static PretendNetwork Stalled() => new(async (_, cancel) =>
    {
        await Task.Delay(Timeout.Infinite, cancel);
        throw new InvalidOperationException("a stalled network never answers");
    });

    public static string NameIn(Uri address) => Path.GetFileNameWithoutExtension(address.AbsolutePath);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add(request.RequestUri!);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = await answer(request.RequestUri!, cancellationToken) };
    }
}
