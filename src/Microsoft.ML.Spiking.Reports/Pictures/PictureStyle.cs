using System.Text;

namespace Microsoft.ML.Spiking;

/// <summary>What the pictures look like: every colour, by day and by night, and every stroke, once.</summary>
/// <remarks>
/// The hues are Okabe and Ito's, which the colour-blind tell apart, lightened for dark paper. A colour stands twice in a rule, plain and as a variable:
/// readers that know no variables draw the plain one, by day, and a page that holds the pictures may set the variables.
/// </remarks>
internal static class PictureStyle
{
    private static readonly (string Name, string Day, string Night)[] s_colours =
    [
        ("paper", "#ffffff", "#15181d"),
        ("ink", "#1f2733", "#e6e9ee"),
        ("quiet", "#5c6675", "#9aa4b2"),
        ("frame", "#bcc3cd", "#4a525e"),
        ("grid", "#e6e9ed", "#282d35"),
        ("excitatory", "#0072b2", "#56b4e9"),
        ("inhibitory", "#d55e00", "#ff8f4f"),
        ("third", "#009e73", "#35c79c"),
    ];

    /// <summary>The style sheet of a picture; it reaches no further than the picture, so that a page may hold many.</summary>
    public static string Sheet { get; } = Write();

    private static string Write()
    {
        var sheet = new StringBuilder("\n");
        sheet.Append($"svg.spiking{{{Variables(colour => colour.Day)}}}\n");
        sheet.Append($"@media screen and (prefers-color-scheme:dark){{svg.spiking{{{Variables(colour => colour.Night)}}}}}\n");
        foreach (var (name, day, _) in s_colours)
        {
            sheet.Append($".spiking .{name}{{fill:{day};fill:var(--spiking-{name})}}\n");
            sheet.Append($".spiking .{name}-line{{fill:none;stroke:{day};stroke:var(--spiking-{name})}}\n");
        }
        sheet.Append(".spiking text{font-family:system-ui,'Segoe UI','Helvetica Neue',Arial,'Liberation "
            + "Sans',sans-serif;font-size:11px;font-variant-numeric:tabular-nums}\n");
        sheet.Append(".spiking .title{font-size:18px;font-weight:600}\n");
        sheet.Append(".spiking .subtitle{font-size:13px}\n");
        sheet.Append(".spiking .heading{font-size:13px;font-weight:600}\n");
        sheet.Append(".spiking .small{font-size:9px}\n");
        sheet.Append(".spiking .curve{stroke-width:2;stroke-linejoin:round;stroke-linecap:round}\n");
        sheet.Append(".spiking .dashed{stroke-dasharray:5 4}\n");
        sheet.Append(".spiking .dotted{stroke-dasharray:1 4;stroke-linecap:round;stroke-width:1.6}\n");
        sheet.Append(".spiking .band{opacity:.16}\n");
        sheet.Append(".spiking .pixels{shape-rendering:crispEdges}\n");
        return sheet.ToString();
    }

    private static string Variables(Func<(string Name, string Day, string Night), string> of)
        => string.Join(';', s_colours.Select(colour => $"--spiking-{colour.Name}:{of(colour)}"));
}
