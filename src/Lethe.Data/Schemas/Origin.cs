namespace Lethe.Data.Schemas;

/// <summary>Where a bound or a category list comes from; it decides whether using it costs privacy.</summary>
public enum Origin
{
    /// <summary>Read off the data at hand: using it is a use of the data.</summary>
    Learnt,

    /// <summary>Known without the data (a code book, physiology, a questionnaire).</summary>
    Public,
}
