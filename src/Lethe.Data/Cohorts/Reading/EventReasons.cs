namespace Lethe.Data.Cohorts.Reading;

/// <summary>Reasons for leaving events out that more than one place gives. Stable: reports are compared by them.</summary>
internal static class EventReasons
{
    public const string StayLeftOut = "stay is not part of the definition";
    public const string StayUnknown = "stay is not known";
    public const string NoStay = "time is in no stay of the patient";
    public const string OutsideWindow = "time is outside the window";
    public const string ChannelLeftOut = "channel is not part of the definition";
    public const string NotMapped = "not a mapped variable";
    public const string NoValue = "value is missing";
    public const string NotNumber = "value is not a number";
    public const string NoTime = "time is missing or not a time";
    public const string Implausible = "value is outside the plausible range";
    public const string MarkedWrong = "marked as an error by the source";
}
