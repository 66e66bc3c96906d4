using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Applications;

/// <summary>A pixel as decoders give it: its colour, and how opaque it is.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Rgba(byte R, byte G, byte B, byte A)
{
    /// <summary>Brightness, 0 to 1, in the weights of ITU-R BT.709, as ML.NET has them.</summary>
    public float Luminance => (0.2126f * R + 0.7152f * G + 0.0722f * B) / 255;

    /// <summary>Brightness over paper that shows where the pixel is transparent.</summary>
    public float Over(float paper) => A == byte.MaxValue ? Luminance : paper + (Luminance - paper) * A / 255;
}
