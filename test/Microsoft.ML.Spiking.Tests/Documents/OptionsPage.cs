using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests.Documents;

/// <summary>docs/options.md: every option, its real defaults and its doc comment.</summary>
internal static partial class OptionsPage
{
    /// <summary>The members of the network's options that open a group, and what it is called.</summary>
    private static readonly (string First, string Group)[] s_groups =
    [
        (nameof(SpikingNetworkOptions.LabelColumnName), "Columns of the data"),
        (nameof(SpikingNetworkOptions.Network), "The network, and what belongs to one run"),
        (nameof(SpikingNetworkOptions.Augmentation), "The training, as models and checkpoints keep it"),
    ];

    private static readonly (string Name, SpikingNetworkOptions Options)[] s_presets =
        [("Default network", new()), ("`Best`", SpikingNetworkOptions.Best), ("`Reference`", SpikingNetworkOptions.Reference)];

    /// <summary>The records that options are made of, each after the one that holds it, the members of a family together; last those of winner-take-all layers.</summary>
    /// <summary>The records that a network's options hold, themselves too.</summary>
    public static IReadOnlyList<Type> OfNetworks { get; } = Reached(typeof(SpikingNetworkOptions));

    /// <summary>Those of a winner-take-all layer.</summary>
    public static IReadOnlyList<Type> OfCompetition { get; } = Reached(typeof(WinnerTakeAllOptions));

    public static IReadOnlyList<Type> Records { get; } = [.. OfNetworks, .. OfCompetition];

    public static IEnumerable<PropertyInfo> Members(Type record) => record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.SetMethod is not null);

    public static bool IsRecord(object? value) => value is not null && Records.Contains(value.GetType());

    public static object Fresh(Type record) => Activator.CreateInstance(record)!;

    /// <summary>The records of a type that a preset holds, and the members that hold them.</summary>
    public static IEnumerable<(string Member, object Record)> Held(Type type, object by, string member = "")
        => (by.GetType() == type ? [(member, by)] : Enumerable.Empty<(string, object)>())
            .Concat(Members(by.GetType()).SelectMany(m => Values(m.GetValue(by)).Select(value => (m.Name, Value: value))).Where(m => IsRecord(m.Value)).SelectMany(m => Held(type, m.Value!, m.Name)));

    /// <summary>A value, or those of a list.</summary>
    private static IEnumerable<object?> Values(object? value) => value is IEnumerable list and not string ? list.Cast<object?>() : [value];

    public static string Anchor(string heading) => heading.ToLowerInvariant().Replace(' ', '-');

    public static string Write()
    {
        var page = new StringBuilder("""
            # SpikingNetworkOptions

            Made from the doc comments and the real values of `SpikingNetworkOptions` by a test of `test/Microsoft.ML.Spiking.Tests/Documents`, which fails where this page is out of date and rewrites it where
            `SPIKING_WRITE_DOCS=1`.

            The default network is `new SpikingNetworkOptions()`; `SpikingNetworkOptions.Best` and `SpikingNetworkOptions.Reference` are presets. All are immutable records: vary one with
            `options with { Epochs = 10 }`, and a rule in it with `options with { Optimiser = options.Optimiser with { WeightDecay = 0 } }`, since a `new AdamW()` has its own defaults and not the network's.
            A rule that is `null` is off. Every number has a range, and one outside is refused when the trainer is made, by a sentence that names the option and the range. Where nothing else is said, numbers
            are finite and between -1,000,000 and 1,000,000, and those that must be above 0 are at least 0.000001. What a model.zip of an older version does not hold is read as `new` has it.


            """.ReplaceLineEndings("\n"));

        PropertyInfo[] options = [.. Members(typeof(SpikingNetworkOptions))];
        int[] starts = [.. s_groups.Select(group => Array.FindIndex(options, member => member.Name == group.First)), options.Length];
        for (int group = 0; group < s_groups.Length; group++)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {s_groups[group].Group}\n\n| option | type | {string.Join(" | ", s_presets.Select(preset => preset.Name))} | what it is |\n|---|---|---|---|---|---|\n");
            foreach (PropertyInfo member in options[starts[group]..starts[group + 1]])
                page.Append(CultureInfo.InvariantCulture, $"| `{member.Name}` | {Kind(member)} | {string.Join(" | ", s_presets.Select(preset => Shown(member, preset.Options)))} | {Explained(member)} |\n");
            page.Append('\n');
        }
        foreach (Type record in Records.Skip(1)) Section(page, record);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Section(StringBuilder page, Type record)
    {
        if (Family(record) is { } family && Choices(family)[0] == record)
            page.Append(CultureInfo.InvariantCulture, $"## {family.Name}\n\n{DocComments.Markdown(family, Records)}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{(Family(record) is null ? "##" : "###")} {record.Name}\n\n{DocComments.Markdown(record, Records)}\n\n");
        PropertyInfo[] members = [.. Members(record)];
        if (members.Length == 0) return;

        var presets = s_presets.Select(preset => (preset.Name, Held: Held(record, preset.Options).ToArray())).Where(preset => preset.Held.Length > 0).ToArray();
        page.Append(CultureInfo.InvariantCulture, $"| option | type | `new` | {string.Concat(presets.Select(preset => $"{preset.Name}{(preset.Held.Length > 1 ? ": " + string.Join(", ", preset.Held.Select(held => held.Member)) : "")} | "))}what it is |\n");
        page.Append(CultureInfo.InvariantCulture, $"|---|---|---|{string.Concat(presets.Select(_ => "---|"))}---|\n");
        foreach (PropertyInfo member in members)
            page.Append(CultureInfo.InvariantCulture, $"| `{member.Name}` | {Kind(member)} | {Shown(member, Fresh(record))} | {string.Concat(presets.Select(preset => string.Join(", ", preset.Held.Select(held => Shown(member, held.Record))) + " | "))}{Explained(member)} |\n");
        page.Append('\n');
    }

    private static List<Type> Reached(Type first)
    {
        List<Type> reached = [first];
        for (int i = 0; i < reached.Count; i++)
            foreach (Type type in Members(reached[i]).Select(member => Item(member.PropertyType)))
                reached.AddRange(((Type[])[type, .. Choices(type)]).Where(t => t is { IsClass: true, IsAbstract: false } && t.Namespace == first.Namespace && !reached.Contains(t)));
        return reached;
    }

    /// <summary>Of a list, the type of its items; else the type itself.</summary>
    private static Type Item(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? type.GetGenericArguments()[0] : type;

    /// <summary>The members of a closed family.</summary>
    private static Type[] Choices(Type type) => type.IsAbstract ? [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(choice => choice.DerivedType)] : [];

    private static Type? Family(Type record)
    {
        for (Type? type = record.BaseType; type is not null; type = type.BaseType)
            if (Choices(type).Contains(record)) return type;
        return null;
    }

    private static string Kind(PropertyInfo member)
    {
        Type type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        string name = type == typeof(int) ? "int" : type == typeof(long) ? "long" : type == typeof(double) ? "double" : type == typeof(float) ? "float" : type == typeof(string) ? "string" : type.Name.Split('`')[0];
        if (type.IsGenericType) name += $"<{string.Join(", ", type.GetGenericArguments().Select(argument => argument.Name))}>";
        bool nullable = type != member.PropertyType || new NullabilityInfoContext().Create(member).WriteState == NullabilityState.Nullable;
        string shown = $"`{name}{(nullable ? "?" : "")}`";
        return type.IsEnum ? $"{shown}: {string.Join(", ", Enum.GetNames(type).Select(value => $"`{value}`"))}"
            : Records.Contains(Item(type)) || Choices(Item(type)).Length > 0 ? $"[{shown}](#{Anchor(Item(type).Name)})" : shown;
    }

    // The columns show what such a sentence says.
    private static string Explained(PropertyInfo member) => PlainDefault().Replace(DocComments.Markdown(member, Records), "");

    private static string Shown(PropertyInfo member, object record) => member.GetValue(record) is ImmutableArray<int> numbers ? $"[{string.Join(", ", numbers)}]" : Item(member.PropertyType) != member.PropertyType ? "below" : member.GetValue(record) is { } value && value.GetType() == member.PropertyType && IsRecord(value) ? "below" : Shown(member.GetValue(record));

    private static string Shown(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        float or double => Shown(double.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture)),
        int number => number.ToString(CultureInfo.InvariantCulture),
        CancellationToken => "none",
        System.Collections.ICollection { Count: 0 } => "empty",
        _ when IsRecord(value) => $"[{value.GetType().Name}](#{Anchor(value.GetType().Name)})",
        _ => value.ToString()!,
    };

    private static string Shown(double number)
        => number != 0 && Math.Abs(number) < 1e-3 ? number.ToString("0.###e0", CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@" Default:? \S+(; published \S+)?\.$")]
    private static partial Regex PlainDefault();
}
