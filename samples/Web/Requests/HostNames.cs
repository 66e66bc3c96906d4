using Microsoft.Extensions.Primitives;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>The names that requests may call the server by (their Host header).</summary>
/// <remarks>
/// A page of another site that gives its own name this machine's address (DNS rebinding) could else read what the server says to a browser here.
/// </remarks>
/// <param name="names">The names, without ports.</param>
internal sealed class HostNames(params IList<StringSegment> names)
{
    private const string Setting = "AllowedHosts", Any = "*";

    private static readonly string[] s_loopback = ["localhost", "127.0.0.1", "[::1]"], s_everywhere = ["*", "+", "0.0.0.0", "[::]"];

    /// <summary>Those that are named; else ASP.NET's own setting; else what this machine calls itself, and what it listens to.</summary>
    public static HostNames Of(IConfiguration configuration, string urls, string[] named)
    {
        string[] set = (configuration[Setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] names = named is not [] ? named : set is not [] ? set : Own(urls);
        // Asked here instead, where a refusal is answered in a sentence.
        configuration[Setting] = Any;
        return new HostNames([.. names.Select(name => new StringSegment(name))]);
    }

    public Task Check(HttpContext context, RequestDelegate next)
    {
        HostString host = context.Request.Host;
        // HTTP/1.0 needs none; no browser does without.
        if (context.Request.Headers.Host.Count == 0 || names.Contains(Any) || host.HasValue && HostString.MatchesAny(host.Value, names)) return next(context);
        throw RequestFault.Bad($"The request is for the host '{host}', but this server answers to {this}; name others with --hosts.");
    }

    public override string ToString() => string.Join(", ", names);

    private static string[] Own(string urls)
        => [.. s_loopback.Union(urls.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(url => BindingAddress.Parse(url).Host)).Except(s_everywhere)];
}
