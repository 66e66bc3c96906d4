using System.Reflection;
using Microsoft.ML.Spiking.Tests.Documents;

namespace Microsoft.ML.Spiking.Tests.Competition;

/// <summary>Every option of a winner-take-all layer has a range, and what lies outside is refused by a sentence that names it.</summary>
[TestClass]
public class WinnerTakeAllRangeTests
{
    private static readonly NullabilityInfoContext s_nullability = new();

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Members
        => OptionsPage.OfCompetition.SelectMany(record => OptionsPage.Members(record).Select(member => (object[])[$"{record.Name}.{member.Name}", record, member]));

    public static string NameOf(MethodInfo test, object[] member) => $"{test.Name}: {member[0]}";

    [TestMethod]
    [DynamicData(nameof(Members), DynamicDataDisplayName = nameof(NameOf))]
    public void What_cannot_be_is_refused_by_name(string name, Type record, PropertyInfo member)
    {
        Type type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        object?[] impossible = type == typeof(double) ? [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1e30]
            : type == typeof(float) ? [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -1e30f]
            : type == typeof(int) && member.Name != "Seed" ? [int.MinValue, -1]
            : !type.IsValueType && s_nullability.Create(member).WriteState != NullabilityState.Nullable ? [null]
            : [];
        foreach (object? value in impossible)
        {
            var options = (WinnerTakeAllOptions)OptionsPage.Fresh(typeof(WinnerTakeAllOptions));
            object holder = Holder(options, record)!;
            member.SetValue(holder, value);
            string refusal = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.WinnerTakeAll(options), $"{name} = {value}").Message;
            Assert.Contains(member.Name, refusal, StringComparison.OrdinalIgnoreCase, $"{name} = {value}");
        }
    }

    /// <summary>The record of a type that options hold; one that is off by default is put in.</summary>
    private static object? Holder(object of, Type record)
    {
        if (of.GetType() == record) return of;
        foreach (PropertyInfo member in OptionsPage.Members(of.GetType()).Where(member => OptionsPage.Records.Contains(member.PropertyType)))
        {
            if (member.GetValue(of) is null) member.SetValue(of, OptionsPage.Fresh(member.PropertyType));
            if (Holder(member.GetValue(of)!, record) is { } holder) return holder;
        }
        return null;
    }
}
