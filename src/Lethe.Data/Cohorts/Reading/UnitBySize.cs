namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Two quantities are recorded in two units under one and the same variable, whatever the row declares: inspired oxygen as
/// a fraction or a percentage, ionised calcium in mmol/L or mg/dL (eICU keeps both under the label mg/dL). Their ranges in
/// the two units do not meet, so the size of a reading tells which it is; what lies between is neither and goes by its
/// declared unit.
/// </summary>
internal static class UnitBySize
{
    public const string Note = "unit told by the size of the reading, against the declared one";

    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.Ordinal)
    {
        ["fio2"] = new Rule(0.21, 1, 21, 100, 0.01),
        ["calcium_ionised"] = new Rule(0.2, 2.2, 2.5, 12, 0.24951),
    };

    /// <summary>The reading in the concept's unit; false when no rule applies or it agrees with the declared unit.</summary>
    /// <param name="concept">Concept name.</param>
    /// <param name="value">The reading as recorded.</param>
    /// <param name="declared">The same converted as its unit declares.</param>
    /// <param name="reading">The same converted as its size says.</param>
    public static bool TryCorrect(string concept, double value, double declared, out double reading)
    {
        reading = declared;
        if (!Rules.TryGetValue(concept, out Rule? rule))
            return false;
        if (value >= rule.Low && value <= rule.High)
            reading = value;
        else if (value >= rule.OtherLow && value <= rule.OtherHigh)
            reading = value * rule.Factor;
        return reading != declared;
    }

    /// <summary>Range in the concept's unit, range in the other one, and the factor from the other to the concept's.</summary>
    private sealed record Rule(double Low, double High, double OtherLow, double OtherHigh, double Factor);
}
