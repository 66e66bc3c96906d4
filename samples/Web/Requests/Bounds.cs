namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>How much strangers may ask of the server: each one, and all of them together.</summary>
internal static class Bounds
{
    /// <summary>Bytes of a request's body: a photograph of a phone fits.</summary>
    public const int Body = 8 << 20;

    /// <summary>Bytes of image files that all requests together may hold.</summary>
    public const int Bodies = 64 << 20;

    /// <summary>Bytes that the server reads of a connection before somebody asks for them.</summary>
    public const int Unread = 64 << 10;

    /// <summary>Bytes of one number or name in JSON.</summary>
    public const int Token = 4 << 10;

    /// <summary>Connections that are open at a time, whatever they are used for.</summary>
    public const int Connections = 2000;

    /// <summary>Predictions that are asked for at a time; whoever comes then is refused before anything is read.</summary>
    public const int Requests = 128;

    /// <summary>Images that are decoded at a time: each may take 64 MB of pixels, and as much again in the decoder.</summary>
    public static readonly int Decoders = Math.Min(4, Environment.ProcessorCount);

    /// <summary>How long an image waits for a decoder before it is refused.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    /// <summary>How long a request may take, the sending of its body included.</summary>
    public static readonly TimeSpan Request = TimeSpan.FromSeconds(30);
}
