using System.Text;

namespace Microsoft.ML.Spiking;

/// <summary>Many rectangles in one path: a picture of ten thousand spikes stays small, and is drawn at once.</summary>
internal sealed class Marks
{
    private readonly StringBuilder _data = new();

    public bool IsEmpty => _data.Length == 0;

    public void Add(double x, double y, double width, double height)
        => _data.Append($"M{Svg.Number(x)} {Svg.Number(y)}h{Svg.Number(width)}v{Svg.Number(height)}h{Svg.Number(-width)}z");

    public override string ToString() => _data.ToString();
}
