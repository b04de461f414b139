using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Lethe.Data.Tests.Cohorts;

/// <summary>A made-up MIMIC-IV of three stays, two patients and one mistake of every kind, as files or in a database.</summary>
internal static class SmallMimic
{
    public static readonly (string Table, string Text)[] Tables =
    [
        ("patients", "subject_id,gender,anchor_age,anchor_year\n1,F,50,2150\n2,M,91,2160\n"),
        ("admissions", "subject_id,hadm_id,admission_type,admittime,dischtime,deathtime,hospital_expire_flag\n1,10,URGENT,2152-01-01 00:00:00,2152-01-09 00:00:00,,0\n2,20,ELECTIVE,2160-05-01 00:00:00,2160-05-04 12:00:00,2160-05-03 06:00:00,1\n"),
        ("icustays", "subject_id,hadm_id,stay_id,first_careunit,intime,outtime\n1,10,100,MICU,2152-01-01 10:00:00,2152-01-03 10:00:00\n1,10,101,SICU,2152-01-05 00:00:00,2152-01-06 00:00:00\n2,20,200,MICU,2160-05-01 12:00:00,2160-05-03 12:00:00\n"),
        ("chartevents", """
            subject_id,stay_id,charttime,itemid,valuenum,valueuom
            1,100,2152-01-01 11:00:00,220045,80,bpm
            1,100,2152-01-01 11:00:00,220045,82,bpm
            1,100,2152-01-01 09:30:00,220045,90,bpm
            1,100,2152-01-01 12:00:00,220045,900,bpm
            1,100,2152-01-01 13:00:00,220045,,bpm
            1,100,2152-01-01 13:00:00,220045,70,furlongs
            1,100,2152-01-01 11:00:00,223761,98.6,?F
            1,100,2152-01-01 12:00:00,223762,98.6,°F
            1,100,2152-01-01 11:00:00,223835,40,
            1,100,2152-01-01 12:00:00,223835,0.5,
            1,100,2152-01-01 11:00:00,226531,220.462,
            1,100,2152-01-01 11:00:00,226707,70,Inch
            1,100,2152-01-01 11:00:00,220739,4,
            1,100,2152-01-01 11:00:00,223900,5,
            1,100,2152-01-01 11:00:00,223901,5,
            1,100,2152-01-01 12:00:00,223901,6,
            1,999,2152-01-01 11:00:00,220045,80,bpm
            1,100,2152-01-01 11:00:00,999999,1,
            2,200,2160-05-01 13:00:00,220045,100,bpm

            """),
        ("labevents", "subject_id,charttime,itemid,valuenum,valueuom\n1,2152-01-02 00:00:00,50912,88.4,umol/L\n1,2152-01-05 06:00:00,50912,1.1,mg/dL\n1,2152-01-04 00:00:00,50912,1.2,mg/dL\n2,2160-05-02 00:00:00,50971,4.1,mEq/L\n"),
        ("procedureevents", """
            subject_id,stay_id,starttime,endtime,itemid,statusdescription
            1,100,2152-01-01 12:00:00,2152-01-01 14:30:00,225792,FinishedRunning
            1,101,2152-01-05 23:00:00,2152-01-07 00:00:00,225794,FinishedRunning
            1,,2152-01-02 12:00:00,2152-01-02 12:00:00,225792,FinishedRunning
            1,100,2152-01-01 12:00:00,2152-01-01 14:30:00,225792,Rewritten
            1,100,2152-01-01 12:00:00,2152-01-01 11:30:00,225792,FinishedRunning
            1,100,2152-01-01 12:00:00,2152-01-01 11:30:00,224263,FinishedRunning
            2,999,2160-05-01 18:00:00,2160-05-01 19:00:00,225792,FinishedRunning

            """),
        ("outputevents", "subject_id,stay_id,charttime,itemid,value,valueuom\n2,200,2160-05-01 18:00:00,226559,150,ml\n"),
    ];

    public static string Folder(TemporaryFolder folder, params string[] without)
    {
        foreach ((string table, string text) in Tables.Where(t => !without.Contains(t.Table)))
            folder.Write(table + ".csv", text);
        return folder.Path;
    }

    public static string Sqlite(TemporaryFolder folder)
    {
        string path = folder.File("mimic.db");
        using SqliteConnection connection = new($"Data Source={path};Pooling=false");
        connection.Open();
        foreach (string sql in Statements(""))
        {
            using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // statements of this test's own
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        return path;
    }

    public static void Postgres(string connectionString, string schema)
    {
        using NpgsqlConnection connection = new(connectionString + ";Pooling=false");
        connection.Open();
        foreach (string sql in Statements(schema + ".").Prepend($"CREATE SCHEMA {schema}"))
        {
#pragma warning disable CA2100 // statements of this test's own
            using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }

    private static IEnumerable<string> Statements(string prefix)
    {
        foreach ((string table, string text) in Tables)
        {
            string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string[] columns = lines[0].Split(',');
            yield return $"CREATE TABLE {prefix}{table} ({string.Join(", ", columns.Select(c => $"{c} {Type(c)}"))})";
            StringBuilder rows = new();
            foreach (string line in lines.Skip(1))
                rows.Append(CultureInfo.InvariantCulture, $"{(rows.Length == 0 ? "" : ", ")}({string.Join(", ", line.Split(',').Select(v => v.Length == 0 ? "NULL" : $"'{v}'"))})");
            yield return $"INSERT INTO {prefix}{table} VALUES {rows}";
        }
    }

    private static string Type(string column) => column.EndsWith("time", StringComparison.Ordinal) ? "timestamp"
        : column is "valuenum" or "value" ? "double precision"
        : column.EndsWith("_id", StringComparison.Ordinal) || column is "itemid" or "anchor_age" or "anchor_year" or "hospital_expire_flag" ? "integer"
        : "varchar(60)";
}
