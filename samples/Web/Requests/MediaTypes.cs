namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>What a picture may come as.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json", Png = "image/png", Jpeg = "image/jpeg", Form = "multipart/form-data";
}
