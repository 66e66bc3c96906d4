namespace Microsoft.ML.Spiking.Images;

/// <summary>From a pixel's place, counted from the middle of a look, to the place of the image that it shows, counted from the middle too.</summary>
/// <param name="XByX">Places to the right for each pixel to the right.</param>
/// <param name="XByY">Places to the right for each pixel down.</param>
/// <param name="X">Places to the right in the middle.</param>
/// <param name="YByX">Places down for each pixel to the right.</param>
/// <param name="YByY">Places down for each pixel down.</param>
/// <param name="Y">Places down in the middle.</param>
internal readonly record struct AffineMap(float XByX, float XByY, float X, float YByX, float YByY, float Y)
{
    /// <summary>The way back of an image that is stretched, then sheared, then turned, then moved.</summary>
    /// <param name="angle">In radians, clockwise, as y counts down.</param>
    /// <param name="height">What multiplies the height.</param>
    /// <param name="width">What multiplies the width.</param>
    /// <param name="shear">Pixels that a row moves to the right for each row down.</param>
    /// <param name="down">Pixels downwards.</param>
    /// <param name="right">Pixels to the right.</param>
    public static AffineMap Back(double angle, double height, double width, double shear, int down, int right)
    {
        var (sine, cosine) = Math.SinCos(angle);
        double yByX = -sine / height, yByY = cosine / height, xByX = (cosine + shear * sine) / width, xByY = (sine - shear * cosine) / width;
        return new AffineMap((float)xByX, (float)xByY, (float)-(xByX * right + xByY * down), (float)yByX, (float)yByY, (float)-(yByX * right + yByY * down));
    }
}
