using System.Net.Http.Headers;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>Reads the picture that a request brings, as pixels for the network.</summary>
internal sealed class PictureReader(ServedModel model, DigitFrame frame) : IDisposable
{
    public const string TooLarge = "The request is larger than 8 MiB; send a smaller image.";

    // A decoded picture may take 64 MB: no more of them at once than there are cores.
    private readonly SemaphoreSlim _decoders = new(Environment.ProcessorCount);

    /// <summary>[height · width], 0 to 1.</summary>
    /// <exception cref="RequestFault">The request brings no picture that can be read.</exception>
    public async Task<float[]> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > DigitServer.LargestBody) throw new RequestFault(StatusCodes.Status413PayloadTooLarge, TooLarge);
        string? type = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? header) ? header.MediaType?.ToLowerInvariant() : null;
        return type switch
        {
            MediaTypes.Json => PixelNumbers.Read(await BodyAsync(request), model.Height, model.Width),
            MediaTypes.Png or MediaTypes.Jpeg => await DecodeAsync(await BodyAsync(request), request.HttpContext.RequestAborted),
            MediaTypes.Form => await DecodeAsync(await FileAsync(request), request.HttpContext.RequestAborted),
            _ => throw new RequestFault(StatusCodes.Status415UnsupportedMediaType,
                $"The request is {(string.IsNullOrEmpty(request.ContentType) ? "of no named type" : $"'{request.ContentType}'")}; send image/png, image/jpeg, multipart/form-data with one file, or application/json."),
        };
    }

    public void Dispose() => _decoders.Dispose();

    private async Task<float[]> DecodeAsync(byte[] file, CancellationToken cancel)
    {
        await _decoders.WaitAsync(cancel);
        try
        {
            return frame.Fit(PictureFile.Decode(file));
        }
        finally
        {
            _decoders.Release();
        }
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.Length > 0 ? body.ToArray() : throw RequestFault.Bad("The request is empty; send a PNG or JPEG image, or JSON with pixels.");
    }

    private static async Task<byte[]> FileAsync(HttpRequest request)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException fault)
        {
            throw RequestFault.Bad($"The form cannot be read: {fault.Message}");
        }
        if (form.Files.Count != 1) throw RequestFault.Bad($"The form holds {form.Files.Count} files; send one image.");
        using var file = new MemoryStream();
        await form.Files[0].CopyToAsync(file, request.HttpContext.RequestAborted);
        return file.Length > 0 ? file.ToArray() : throw RequestFault.Bad($"The file '{form.Files[0].FileName}' is empty; send a PNG or JPEG image.");
    }
}
