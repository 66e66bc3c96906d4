using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Times as people write them.</summary>
internal static class DurationText
{
    /// <summary>90s, 15m, 2h, 1:30:00 or 0:20; null for anything else.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length > 1 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number < 1e6)
        {
            switch (text[^1])
            {
                case 's': return TimeSpan.FromSeconds(number);
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
            }
        }
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : null;
    }
}
