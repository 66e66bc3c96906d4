namespace Microsoft.ML.Spiking;

/// <summary>A rectangle of an image, in pixels.</summary>
/// <param name="Top">Its first row, from 0.</param>
/// <param name="Left">Its first column, from 0.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct ImagePatch(int Top, int Left, int Height, int Width)
{
    internal bool Contains((int Row, int Column) pixel)
        => pixel.Row >= Top && pixel.Row < Top + Height && pixel.Column >= Left && pixel.Column < Left + Width;
}
