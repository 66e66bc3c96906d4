using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>The one file of a form, read as it comes: nothing of it is written to a disk.</summary>
internal static class FormFile
{
    // RFC 2046, 5.1.1.
    private const int LongestBoundary = 70;
    private const int MostParts = 32;

    /// <exception cref="RequestFault">The form is broken, or holds no file or several.</exception>
    public static async Task<HeldImage> ReadAsync(HttpRequest request, ImageMemory memory, CancellationToken cancel)
    {
        string? boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        if (boundary is not { Length: > 0 and <= LongestBoundary }) throw Broken($"its Content-Type names no boundary of 1 to {LongestBoundary} characters");

        HeldImage? image = null;
        int files = 0, parts = 0;
        string name = "";
        try
        {
            var form = new MultipartReader(boundary, request.Body);
            while (await form.ReadNextSectionAsync(cancel) is { } section)
            {
                if (++parts > MostParts) throw Broken($"it has more than {MostParts} parts");
                if (section.GetContentDispositionHeader() is not { } part || !part.IsFileDisposition()) continue;
                if (files++ == 0) (image, name) = (await memory.ReadAsync(section.Body, cancel), part.FileName.Value ?? "");
            }
            if (files != 1) throw RequestFault.Bad($"The form holds {files} files; send one image.");
            return image!.Length > 0 ? image : throw RequestFault.Bad($"The file '{name}' is empty; send a PNG or JPEG image.");
        }
        catch (Exception fault)
        {
            image?.Dispose();
            throw fault switch
            {
                // The body itself is too long, too slow, or cut short: the server says so.
                BadHttpRequestException => fault,
                InvalidDataException => Broken(fault.Message.TrimEnd('.')),
                IOException => Broken("it ends before its closing boundary"),
                _ => fault,
            };
        }
    }

    private static RequestFault Broken(string what) => RequestFault.Bad($"The form cannot be read: {what}.");
}
