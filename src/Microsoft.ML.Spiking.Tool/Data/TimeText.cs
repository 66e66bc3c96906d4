using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Short times as people write them.</summary>
internal static class TimeText
{
    public const string Needed = "a time above 0, as in 10ms, 500us or 1s";

    /// <summary>10ms, 500us or 1s; null for anything else.</summary>
    public static TimeSpan? Parse(string text)
    {
        int unit = text.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyzµ").Length;
        return double.TryParse(text.AsSpan(0, unit), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is > 0 and < 1e6
            ? text[unit..] switch
            {
                "s" => Above0(TimeSpan.FromSeconds(number)),
                "ms" => Above0(TimeSpan.FromMilliseconds(number)),
                "us" or "µs" => Above0(TimeSpan.FromMicroseconds(number)),
                _ => null,
            }
            : null;
    }

    /// <summary>The same time, in microseconds where it is less than a millisecond.</summary>
    public static string Of(TimeSpan time) => time < TimeSpan.FromMilliseconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds}us")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds}ms");

    private static TimeSpan? Above0(TimeSpan time) => time > TimeSpan.Zero ? time : null;
}
