using System.IO.Pipelines;
using System.Net.Http.Headers;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>Reads the picture that a request brings, as pixels for the network.</summary>
internal sealed class PictureReader(ServedModel model, DigitFrame frame) : IDisposable
{
    private readonly ImageMemory _memory = new(Bounds.Bodies);
    private readonly SemaphoreSlim _decoders = new(Bounds.Decoders);

    /// <summary>[height · width], 0 to 1.</summary>
    /// <exception cref="RequestFault">The request brings no picture that can be read, or all of them together too much.</exception>
    public async Task<float[]> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > Bounds.Body) throw RequestFault.TooLarge();
        string? type = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? header) ? header.MediaType?.ToLowerInvariant() : null;
        CancellationToken cancel = request.HttpContext.RequestAborted;
        switch (type)
        {
            case MediaTypes.Json:
                await RefuseEmptyAsync(request.BodyReader, cancel);
                return await PixelNumbers.ReadAsync(request.BodyReader, model.Height, model.Width, cancel);
            case MediaTypes.Png or MediaTypes.Jpeg:
                await RefuseEmptyAsync(request.BodyReader, cancel);
                using (HeldImage image = await _memory.ReadAsync(request.Body, cancel)) return await DecodeAsync(image, cancel);
            case MediaTypes.Form:
                using (HeldImage image = await FormFile.ReadAsync(request, _memory, cancel)) return await DecodeAsync(image, cancel);
            default:
                string came = string.IsNullOrEmpty(request.ContentType) ? "of no named type" : $"'{request.ContentType}'";
                throw new RequestFault(StatusCodes.Status415UnsupportedMediaType,
                    $"The request is {came}; send image/png, image/jpeg, multipart/form-data with one file, or application/json.");
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        _decoders.Dispose();
    }

    private async Task<float[]> DecodeAsync(HeldImage image, CancellationToken cancel)
    {
        if (!await _decoders.WaitAsync(Bounds.Wait, cancel)) throw RequestFault.Busy();
        try
        {
            return frame.Fit(PictureFile.Decode(image.ToArray()));
        }
        finally
        {
            _decoders.Release();
        }
    }

    private static async Task RefuseEmptyAsync(PipeReader body, CancellationToken cancel)
    {
        ReadResult first = await body.ReadAsync(cancel);
        body.AdvanceTo(first.Buffer.Start);
        if (first is { IsCompleted: true, Buffer.IsEmpty: true })
            throw RequestFault.Bad("The request is empty; send a PNG or JPEG image, or JSON with pixels.");
    }
}
