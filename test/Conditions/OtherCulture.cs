using System.Globalization;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Tests run as on a machine where 0.5 is written 0,5: what the libraries write and say must not depend on it.</summary>
internal static class OtherCulture
{
    [ModuleInitializer]
    public static void Use()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
        (culture.NumberFormat.PercentDecimalSeparator, culture.NumberFormat.PercentGroupSeparator) = (",", ".");
        (culture.NumberFormat.PositiveInfinitySymbol, culture.NumberFormat.NegativeInfinitySymbol) = ("∞", "-∞");
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = culture;
    }
}
