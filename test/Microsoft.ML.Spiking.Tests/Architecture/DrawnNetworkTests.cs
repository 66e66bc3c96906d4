using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using CsCheck;

namespace Microsoft.ML.Spiking.Tests.Architecture;

/// <summary>What the properties try networks of.</summary>
[TestClass]
public class DrawnNetworkTests
{
    private static readonly Gen<SpikingNetwork> s_convolutional = Networks.Convolutional(Networks.Codes.Null());

    [TestMethod]
    public void Every_member_of_every_family_is_drawn_for_the_properties()
    {
        string[] members = [.. typeof(SpikingNetwork).Assembly.GetTypes().SelectMany(family => family.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false))
            .Select(member => member.DerivedType.Name).Order()];
        var drawn = new HashSet<string>();
        Property.ForAll(AnyTraining.Drawn, training => Name(training.Options, drawn), times: 200);
        Property.ForAll(s_convolutional, network => Name(network, drawn), times: 50);
        CollectionAssert.IsSubsetOf(members, drawn.ToArray());
        Assert.IsGreaterThan(20, members.Length);
    }

    [TestMethod]
    public void What_is_drawn_is_valid()
    {
        Property.ForAll(AnyTraining.Drawn, training => training.Options.Check(), times: 200);
        Property.ForAll(s_convolutional, network => network.Check(), times: 200);
    }

    /// <summary>Names the types of all that a record holds, and that its members hold.</summary>
    private static void Name(object? value, HashSet<string> names)
    {
        if (value is IEnumerable items and not string)
        {
            foreach (object? item in items) Name(item, names);
            return;
        }
        if (value is null || value.GetType() is var type && type.Assembly != typeof(SpikingNetwork).Assembly || type.IsEnum) return;
        names.Add(type.Name);
        foreach (PropertyInfo property in type.GetProperties())
            if (property.GetMethod is { IsStatic: false } && property.GetIndexParameters().Length == 0) Name(property.GetValue(value), names);
    }
}
