using Microsoft.ML.Spiking.Samples.Tests.Scripting;

namespace Microsoft.DotNet.Interactive;

/// <summary>What a notebook's C# may call to show something, under .NET Interactive's names.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows text of a media type: a picture, say, as image/svg+xml.</summary>
    public static void DisplayAs(this string value, string mimeType) => CellConsole.Current.Show(mimeType, value);

    /// <summary>Shows a value as text.</summary>
    public static void Display(this object value) => CellConsole.Current.Show("text/plain", $"{value}");
}
