using Microsoft.ML.Spiking.Applications;
using SkiaSharp;

namespace Microsoft.ML.Spiking.Samples.Web;

/// <summary>Decodes PNG and JPEG.</summary>
internal static class PictureFile
{
    /// <summary>Pixels of a side: more than a phone's camera makes.</summary>
    public const int LargestSide = 4096;

    // A digit needs no more pixels of a side than a thousand.
    private static readonly ImageDecoder s_decoder = new(new HashSet<SKEncodedImageFormat> { SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg }, LargestSide, keptSide: 1024);

    /// <exception cref="RequestFault">The bytes are no such image, or one that is too large.</exception>
    public static GreyImage Decode(byte[] file)
    {
        try
        {
            return s_decoder.Decode(file, paper: 1);
        }
        catch (ImageFault fault)
        {
            throw fault.Kind switch
            {
                ImageFaultKind.NoImage => RequestFault.Bad($"The file {fault.Message}; send a PNG or JPEG."),
                ImageFaultKind.OtherFormat => new RequestFault(StatusCodes.Status415UnsupportedMediaType, $"The image {fault.Message}; send a PNG or JPEG."),
                ImageFaultKind.TooLarge => new RequestFault(StatusCodes.Status413PayloadTooLarge, $"The image {fault.Message}; send one of at most {LargestSide} × {LargestSide}."),
                _ => RequestFault.Bad($"The image {fault.Message}; send it again."),
            };
        }
    }
}
