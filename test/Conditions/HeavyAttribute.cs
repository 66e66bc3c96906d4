namespace Microsoft.ML.Spiking.Tests;

/// <summary>Takes minutes: runs where SPIKING_HEAVY is set; skipped, with that reason, elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HeavyAttribute : ConditionBaseAttribute
{
    public HeavyAttribute()
        : base(ConditionMode.Include) => IgnoreMessage = "Takes minutes: set SPIKING_HEAVY=1 to run it.";

    public override string GroupName => "Heavy";

    public override bool IsConditionMet => Environment.GetEnvironmentVariable("SPIKING_HEAVY") is { Length: > 0 };
}
