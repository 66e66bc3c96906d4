namespace Microsoft.ML.Spiking.Tests;

/// <summary>Runs where GNU parallel is installed; skipped, with that reason, elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresParallelAttribute : ConditionBaseAttribute
{
    public RequiresParallelAttribute()
        : base(ConditionMode.Include) => IgnoreMessage = "Needs GNU parallel: install it as parallel.";

    public override string GroupName => "Parallel";

    public override bool IsConditionMet => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "parallel")));
}
