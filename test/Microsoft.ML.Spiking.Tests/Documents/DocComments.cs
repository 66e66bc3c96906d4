using System.Reflection;
using System.Xml.Linq;

namespace Microsoft.ML.Spiking.Tests.Documents;

/// <summary>The summaries of public types and properties, as the compiler wrote them beside the assembly.</summary>
internal static class DocComments
{
    private static readonly Dictionary<string, XElement> s_summaries = XDocument.Load(Path.ChangeExtension(typeof(SpikingNetworkOptions).Assembly.Location, ".xml"))
        .Descendants("member").Where(member => member.Element("summary") is not null).ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!);

    public static string Plain(MemberInfo member) => Words(member, (_, text) => text);

    /// <summary>With code, emphasis and links to the sections of types that have one.</summary>
    public static string Markdown(MemberInfo member, IReadOnlyList<Type> sections) => Words(member, (element, text) => element.Name.LocalName switch
    {
        "em" => $"*{text}*",
        "see" when sections.Any(type => type.Name == text) => $"[{text}](#{OptionsPage.Anchor(text)})",
        _ => $"`{text}`",
    }).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Words(MemberInfo member, Func<XElement, string, string> marked)
    {
        string name = member is Type type ? $"T:{type.FullName}" : $"P:{member.DeclaringType!.FullName}.{member.Name}";
        bool plain = marked(new XElement("em"), "") == "";
        return string.Join(' ', string.Concat(s_summaries[name].Nodes().Select(node => node switch
        {
            XText text => plain ? text.Value : text.Value.Replace("<", "&lt;", StringComparison.Ordinal),
            XElement element => marked(element, element.Attribute("cref") is { Value: var cref } ? cref[(cref.LastIndexOfAny(['.', ':']) + 1)..]
                : element.Attribute("name")?.Value ?? element.Value),
            _ => "",
        })).Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
    }
}
