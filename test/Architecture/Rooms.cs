using System.Reflection;
using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Fluent.Syntax.Elements.Types;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>The rooms of a library, its folders under src, in the order in which they may know each other: each only those before it.</summary>
/// <param name="Library">The compiled library.</param>
/// <param name="Order">The folders; "" for what lies in none.</param>
internal sealed partial record Rooms(Assembly Library, string[] Order)
{
    private static string Repository => typeof(Rooms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!;

    /// <summary>The rooms' types by their names, as the source has them: a file a type.</summary>
    public Dictionary<string, string> RoomOf => Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .Select(file => (File: file, Room: Path.GetRelativePath(Folder, file).Split(Path.DirectorySeparatorChar) is [var room, _, ..] ? room : ""))
        .Where(file => file.Room is not ("obj" or "bin"))
        .SelectMany(file => Declared().Matches(File.ReadAllText(file.File)).Select(type => (Type: type.Groups["name"].Value, file.Room)))
        .DistinctBy(type => type.Type).ToDictionary(type => type.Type, type => type.Room);

    /// <summary>The folders that docs/architecture.md lists.</summary>
    /// <param name="head">The line above the table.</param>
    public static string[] Documented(string head)
        => [.. File.ReadLines(Path.Combine(Repository, "docs", "architecture.md")).SkipWhile(line => line != head).Skip(4)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('`')).Where(cells => cells.Length > 1).Select(cells => cells[1])];

    /// <summary>Types whose namespace does not tell their room. Public ones are all in one namespace; internal ones are in their room's.</summary>
    /// <param name="bridge">Types that may, and say why in their comments.</param>
    public IEnumerable<string> Strangers(params string[] bridge)
    {
        Dictionary<string, string> rooms = RoomOf;
        foreach (System.Type type in Library.GetTypes().Where(type => !type.IsNested))
        {
            string name = type.Name.Split('`')[0];
            // Some attributes the runtime knows by their full names.
            if (type.Namespace?.StartsWith("System.", StringComparison.Ordinal) == true) continue;
            if (bridge.Contains(name) || !rooms.TryGetValue(name, out string? room)) continue;
            string expected = type.IsPublic || room == "" ? "Microsoft.ML.Spiking" : $"Microsoft.ML.Spiking.{room}";
            // ML.NET's users find extension methods without a using of ours.
            if (type.Namespace != expected && !(type.IsPublic && type.Namespace == "Microsoft.ML")) yield return $"{type.FullName} belongs to {expected}";
        }
    }

    private string Folder => Path.Combine(Repository, "src", Library.GetName().Name!);

    /// <summary>Who knows a room that comes after its own, in ArchUnitNET's words.</summary>
    /// <param name="bridge">Types that may, and say why in their comments.</param>
    public IEnumerable<string> Violations(params string[] bridge)
    {
        ArchUnitNET.Domain.Architecture architecture = new ArchLoader().LoadAssemblies(Library).Build();
        Dictionary<string, string> rooms = RoomOf;
        ILookup<string, IType> types = architecture.Types.Where(type => rooms.ContainsKey(Outermost(type))).ToLookup(type => rooms[Outermost(type)]);
        for (int i = 0; i < Order.Length - 1; i++)
        {
            IType[] here = [.. types[Order[i]].Where(type => !bridge.Contains(Outermost(type)))], later = [.. Order[(i + 1)..].SelectMany(room => types[room])];
            if (here.Length == 0 || later.Length == 0) continue;
            TypesShouldConjunction rule = ArchRuleDefinition.Types().That().Are(here).Should().NotDependOnAny(ArchRuleDefinition.Types().That().Are(later));
            foreach (var result in rule.Evaluate(architecture).Where(result => !result.Passed)) yield return $"{Order[i]}: {result.Description}";
        }
    }

    /// <summary>The name of a type, or of the one that it is nested in, without its type parameters.</summary>
    private static string Outermost(IType type)
    {
        string name = type.FullName[(type.Namespace.FullName.Length + 1)..];
        return name.Split('+', '`', '<', '/')[0];
    }

    [GeneratedRegex(@"^\s*(?:\[[^\]]*\]\s*)*(?:public|internal)[\w ]*\b(?:class|struct|record|interface|enum) (?!struct\b)(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();
}
