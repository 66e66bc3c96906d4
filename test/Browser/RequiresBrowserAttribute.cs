namespace Microsoft.ML.Spiking.Tests;

/// <summary>Runs where Chromium and its driver are installed; skipped, with that reason, elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresBrowserAttribute : ConditionBaseAttribute
{
    public RequiresBrowserAttribute()
        : base(ConditionMode.Include) => IgnoreMessage = "Needs a browser: install Chromium and chromedriver (Debian: apt-get install chromium chromium-driver).";

    public override string GroupName => "Browser";

    public override bool IsConditionMet => Browser.Chromium is not null && Browser.Driver is not null;
}
