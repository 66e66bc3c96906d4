namespace Microsoft.ML.Spiking.Applications;

/// <summary>A picture in grey.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Values">[row, column], 0 (black) to 1 (white).</param>
internal sealed record GreyImage(int Height, int Width, float[] Values)
{
    public float this[int row, int column] => Values[row * Width + column];
}
