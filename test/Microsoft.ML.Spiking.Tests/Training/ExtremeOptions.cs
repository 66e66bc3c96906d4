using System.Collections.Immutable;
using System.Reflection;
using Microsoft.ML.Spiking.Tests.Documents;

namespace Microsoft.ML.Spiking.Tests.Training;

/// <summary>Options with one member of one record changed, whatever the record and the member are.</summary>
internal static class ExtremeOptions
{
    /// <summary>Options with every rule on, that hold a record of this type.</summary>
    public static SpikingNetworkOptions With(Type record, PropertyInfo member, object? value)
    {
        SpikingNetworkOptions options = Holding(record);
        foreach (object holder in All(options).Where(held => held.GetType() == record).ToArray()) member.SetValue(holder, value);
        return options;
    }

    /// <summary>Options that hold a record of this type; new ones, every record of them too, so that any may be changed.</summary>
    public static SpikingNetworkOptions Holding(Type record)
    {
        var options = new SpikingNetworkOptions
        {
            Network = new SpikingNetwork
            {
                Code = new RateCode(),
                Scaling = FeatureScaling.Shared,
                TimeSteps = 4,
                Readout = new Readout { HiddenUnits = 4, Dropout = 0.2 },
                Layers = [new ColumnLayer { Columns = 4, NeuronsPerColumn = 5, Coupling = 0.1, Wiring = new WattsStrogatz { Neighbours = 2 }, ReceptiveField = new ReceptiveField { Height = 2, Width = 3 },
                    StructuralPlasticity = new StructuralPlasticity { Interval = 1 } }],
            },
            Augmentation = new ImageAugmentation { MaximumShift = 1 },
            ClassWeights = new BalancedWeights(),
            SpikeBudget = new SpikeBudget(),
            EarlyStopping = new EarlyStopping(),
            ValidationFraction = 0.3,
            Batches = 3,
            BatchSize = 5,
            Seed = 1,
            Device = TrainingDevice.Cpu,
            MaximumTime = TimeSpan.FromSeconds(0.2),
        };
        if (All(options).All(held => held.GetType() != record)) Put(options, record);
        // It reads [time, inputs], which are no images.
        return options.Network.Code is not DeltaCode ? options
            : options with { Augmentation = null, Network = options.Network.EachLayer(layer => layer with { ReceptiveField = null }) };
    }

    /// <summary>The records that options hold, themselves too.</summary>
    private static IEnumerable<object> All(object record) => OptionsPage.Members(record.GetType()).SelectMany(member => member.GetValue(record) switch
    {
        ImmutableArray<Layer> layers => layers.SelectMany(All),
        { } value when OptionsPage.IsRecord(value) => All(value),
        _ => [],
    }).Append(record);

    private static void Put(SpikingNetworkOptions options, Type record)
    {
        if (record.IsSubclassOf(typeof(Layer)))
        {
            typeof(SpikingNetwork).GetProperty(nameof(SpikingNetwork.Layers))!.SetValue(options.Network, ImmutableArray.Create((Layer)Fresh(record)));
            return;
        }
        foreach (object holder in All(options).ToArray())
            foreach (PropertyInfo member in OptionsPage.Members(holder.GetType()).Where(member => member.PropertyType.IsAssignableFrom(record) && member.PropertyType != typeof(object)))
                member.SetValue(holder, Fresh(record));
    }

    private static object Fresh(Type record)
        => record == typeof(GivenWeights) ? new GivenWeights { Weights = new Dictionary<string, double> { ["a"] = 2 }.ToImmutableSortedDictionary() } : OptionsPage.Fresh(record);
}
