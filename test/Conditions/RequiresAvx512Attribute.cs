using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>Runs where the processor has AVX-512BW and .NET may use it; skipped, with that reason, elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresAvx512Attribute : ConditionBaseAttribute
{
    public RequiresAvx512Attribute()
        : base(ConditionMode.Include) => IgnoreMessage = "Needs AVX-512BW.";

    public override string GroupName => "AVX-512";

    public override bool IsConditionMet => Avx512BW.IsSupported;
}
