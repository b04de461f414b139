using System.Collections.Frozen;

namespace Lethe.Data.Schemas.Inference;

/// <summary>What a column's name suggests about its role. Names are split at marks and capitals: <c>patientId</c>, <c>patient_id</c> and <c>PATIENT-ID</c> are one.</summary>
internal sealed class NameHints
{
    private static readonly FrozenSet<string> PatientWords = Set("patient", "patientid", "pat", "patid", "pid", "ptid", "subject", "subjectid", "subjid", "person", "personid", "participant", "member", "mrn", "medicalrecordnumber", "usubjid");
    private static readonly FrozenSet<string> KeyWords = Set("id", "ids", "identifier", "uid", "uuid", "guid", "nbr", "key", "no", "recordid", "rowid", "idx", "index");
    private static readonly FrozenSet<string> CodeWords = Set("type", "code", "class", "category", "group", "source", "disposition", "status", "level", "ward", "unit", "dept", "department", "site", "hospital", "center", "centre", "provider", "item", "concept", "product", "drug");
    private static readonly FrozenSet<string> DirectWords = Set("surname", "firstname", "lastname", "fullname", "forename", "email", "mail", "phone", "telephone", "mobile", "fax", "address", "street", "ssn", "mrn", "passport", "nino", "url", "iban", "nhsnumber", "licence", "license");
    private static readonly FrozenSet<string> NameParts = Set("first", "last", "middle", "full", "patient", "person", "given", "family", "maiden", "sur", "mother", "father", "name", "initials");
    private static readonly FrozenSet<string> QuasiWords = Set("age", "sex", "gender", "race", "ethnicity", "ethnic", "zip", "zipcode", "postcode", "postal", "postalcode", "dob", "birth", "birthdate", "birthday", "birthyear", "yob", "marital", "religion", "nationality", "country", "occupation", "city", "town", "county");
    private static readonly FrozenSet<string> SensitiveWords = Set("hiv", "aids", "psychiatric", "mental", "suicide", "abortion", "addiction", "substance", "genotype");
    private static readonly FrozenSet<string> TargetNames = Set("target", "label", "class", "outcome");

    private readonly string[] _words;
    private readonly string _joined;

    /// <summary>Reads a name.</summary>
    public NameHints(string name)
    {
        List<string> words = [];
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool cut = i == name.Length || !char.IsLetterOrDigit(name[i]);
            bool capital = !cut && i > start && char.IsUpper(name[i]) && char.IsLower(name[i - 1]);
            if ((cut || capital) && i > start)
                words.Add(name[start..i].ToLowerInvariant());
            if (cut)
                start = i + 1;
            else if (capital)
                start = i;
        }

        _words = [.. words];
        _joined = string.Concat(words);
    }

    /// <summary>Names a patient by number: <c>patient_nbr</c>, <c>subject_id</c>, <c>MRN</c>.</summary>
    public bool IsPatientKey => PatientWords.Contains(_joined) || (IsKey && _words.Any(PatientWords.Contains));

    /// <summary>Says nothing but "identifier".</summary>
    public bool IsBareKey => KeyWords.Contains(_joined);

    /// <summary>Ends in a word for identifiers and is not a code list's (<c>admission_type_id</c>).</summary>
    public bool IsKey => (IsBareKey || (_words.Length > 0 && KeyWords.Contains(_words[^1]))) && !_words.Any(CodeWords.Contains);

    /// <summary>Names a person or the way to one: name, e-mail, phone, address.</summary>
    public bool IsDirect => DirectWords.Contains(_joined) || _words.Any(w => DirectWords.Contains(w)) || (_words.Length > 0 && _words.Contains("name") && _words.All(NameParts.Contains));

    /// <summary>Names something that others know about a person.</summary>
    public bool IsQuasi => _words.Any(QuasiWords.Contains);

    /// <summary>Names something whose disclosure harms.</summary>
    public bool IsSensitive => _words.Any(SensitiveWords.Contains);

    /// <summary>Is a usual name of the outcome.</summary>
    public bool IsTarget => TargetNames.Contains(_joined);

    /// <summary>Speaks of a date.</summary>
    public bool IsDate => _words.Any(w => w is "date" or "time" or "datetime" or "dob" or "day" || w.EndsWith("date", StringComparison.Ordinal) || w.EndsWith("time", StringComparison.Ordinal));

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
