using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Writing;
using Lethe.Data.Concepts;

namespace Lethe.Data.Tests.Cohorts;

/// <summary>A made-up folder for every source that Lethe reads cohorts from, as file names with their texts.</summary>
internal static class SmallSources
{
    /// <summary>Name of the source and what varies within it.</summary>
    public static readonly string[] All = ["tidy", "wide", "mimic-iv", "mimic-iii", "eicu", "eicu-hourly", "physionet-2012", "physionet-2012/records", "meds", "meds/lethe"];

    private const string Patient = "patientunitstayid,patienthealthsystemstayid,uniquepid,gender,age,admissionheight,admissionweight,unittype,unitstaytype,unitadmitsource,hospitaladmitsource,hospitaladmitoffset,hospitaldischargeyear,hospitaldischargeoffset,hospitaldischargestatus,unitvisitnumber,unitdischargeoffset,unitdischargestatus,unitadmittime24,hospitaladmittime24\n";

    public static Dictionary<string, string> Files(string source) => source switch
    {
        "tidy" => new()
        {
            ["events.csv"] = "id,time,variable,value\ns0,1,hr,70\ns1,2,hr,80.5\ns1,-1,lactate,1.25\ns9,1,hr,60\ns0,x,hr,60\n",
            ["statics.csv"] = "stay_id,age,sex\ns0,64,f\ns1,71,m\n",
        },
        "wide" => new()
        {
            ["wide.csv"] = "stay_id,hours,hr,lactate\ns0,1,70,\ns1,2,80.5,1.25\ns9,1,60,\ns0,3,fast,2\n",
            ["statics.csv"] = "stay_id,age,sex\ns0,64,f\ns1,71,m\n",
        },
        "mimic-iv" => SmallMimic.Tables.ToDictionary(t => t.Table + ".csv", t => t.Text),
        "mimic-iii" => new()
        {
            ["PATIENTS.csv"] = "subject_id,gender,dob\n1,F,2102-03-01 00:00:00\n2,M,1860-01-01 00:00:00\n",
            ["ADMISSIONS.csv"] = "subject_id,hadm_id,admission_type,admittime,dischtime,deathtime,hospital_expire_flag\n1,10,URGENT,2152-01-01 00:00:00,2152-01-09 00:00:00,,0\n2,20,ELECTIVE,2160-05-01 00:00:00,2160-05-04 12:00:00,2160-05-03 06:00:00,1\n",
            ["ICUSTAYS.csv"] = "subject_id,hadm_id,icustay_id,first_careunit,intime,outtime\n1,10,100,MICU,2152-01-01 10:00:00,2152-01-03 10:00:00\n2,20,200,MICU,2160-05-01 12:00:00,2160-05-03 12:00:00\n",
            ["CHARTEVENTS.csv"] = "subject_id,icustay_id,charttime,itemid,valuenum,valueuom,error\n1,100,2152-01-01 11:00:00,211,80,bpm,\n1,100,2152-01-01 12:00:00,211,81,bpm,1\n2,,2160-05-01 13:00:00,220045,100,bpm,0\n",
            ["LABEVENTS.csv"] = "subject_id,charttime,itemid,valuenum,valueuom\n1,2152-01-02 00:00:00,50912,1.2,mg/dL\n",
            ["OUTPUTEVENTS.csv"] = "subject_id,icustay_id,charttime,itemid,value,valueuom,iserror\n2,200,2160-05-01 18:00:00,226559,150,ml,\n",
            ["PROCEDUREEVENTS_MV.csv"] = "subject_id,icustay_id,starttime,endtime,itemid,statusdescription\n2,200,2160-05-01 13:00:00,2160-05-01 15:30:00,225792,FinishedRunning\n",
        },
        "eicu" => new()
        {
            ["patient.csv"] = Patient + "11,1,p1,Female,64,170,80,MICU,admit,ED,ED,-10,2014,9000,Alive,1,3000,Alive,10:00:00,09:50:00\n12,2,p2,Male,> 89,180,,SICU,admit,ED,ED,-60,2015,5000,Expired,1,4000,Alive,10:00:00,09:00:00\n",
            ["apachePatientResult.csv"] = "patientunitstayid,apacheversion,apachescore\n11,IVa,55\n12,IVa,-1\n",
            ["vitalPeriodic.csv"] = "patientunitstayid,observationoffset,heartrate,respiration,sao2,temperature,systemicsystolic,systemicdiastolic,systemicmean\n11,5,80,16,97,37.1,,,\n12,10,91,,,,120,70,85\n13,10,91,,,,120,70,85\n",
            ["vitalAperiodic.csv"] = "patientunitstayid,observationoffset,noninvasivesystolic,noninvasivediastolic,noninvasivemean\n11,20,118,68,84\n",
            ["lab.csv"] = "patientunitstayid,labresultoffset,labname,labresult,labmeasurenamesystem,labmeasurenameinterface\n11,30,creatinine,1.1,mg/dL,mg/dL\n12,30,creatinine,high,mg/dL,mg/dL\n12,40,never heard of,1,,\n",
            ["intakeOutput.csv"] = "patientunitstayid,intakeoutputoffset,celllabel,cellvaluenumeric\n11,60,Urine,150\n",
            ["respiratoryCharting.csv"] = "patientunitstayid,respchartoffset,respchartvaluelabel,respchartvalue\n11,60,FiO2,40\n",
        },
        "eicu-hourly" => new()
        {
            ["static.csv"] = "stay_id,age,sex,height,weight\n11,64,Female,170,80\n12,90,Male,180,\n",
            ["hourly.csv"] = Grid((11, 0, "hr", "80"), (11, 0, "sbp", "120"), (11, 3600, "crea", "1.1"), (12, 0, "sbp", "130"), (12, 7200, "sbp", "high"), (13, 0, "hr", "80")),
        },
        "physionet-2012" => new()
        {
            ["outcomes-a.csv"] = Outcomes,
            ["set-a.csv"] = "RecordID,Minutes,Parameter,Value\n132539,0,RecordID,132539\n132539,0,Age,54\n132539,0,Gender,0\n132539,0,Weight,-1\n132539,7,HR,73\n132539,7,GCS,15\n132540,0,Age,76\n132540,60,HR,88\n132540,60,Lactate,x\n999,60,HR,88\n",
        },
        "physionet-2012/records" => new()
        {
            ["Outcomes-a.txt"] = Outcomes,
            ["132539.txt"] = "Time,Parameter,Value\n00:00,RecordID,132539\n00:00,Age,54\n00:00,Gender,0\n00:00,Weight,-1\n00:07,HR,73\n00:07,GCS,15\n",
            ["132540.txt"] = "Time,Parameter,Value\n00:00,Age,76\n01:00,HR,88\n1h,HR,88\n",
        },
        "meds" => new()
        {
            ["meds_events.csv"] = "subject_id,time,code,numeric_value\n1,,GENDER//F,\n1,2100-01-01 00:00:00,MEDS_BIRTH,\n1,2152-01-01 00:00:00,HOSPITAL_ADMISSION//URGENT,\n1,2152-01-01 10:00:00,ICU_ADMISSION//MICU,\n1,2152-01-01 11:00:00,LAB//220045//bpm,80\n1,2152-01-01 12:00:00,LAB//50912//mg/dL,1.2\n1,2152-01-01 13:00:00,LAB//50912//furlongs,1.2\n1,2152-01-03 10:00:00,ICU_DISCHARGE//MICU,\n1,2152-01-09 00:00:00,HOSPITAL_DISCHARGE//HOME,\n",
        },
        "meds/lethe" => Stream(),
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };

    private const string Outcomes = "RecordID,SAPS-I,SOFA,Length_of_stay,Survival,In-hospital_death\n132539,6,1,5,-1,0\n132540,16,8,8,-1,1\n";

    private static string Grid(params (int Stay, int Seconds, string Column, string Value)[] cells)
    {
        string[] columns = [.. ConceptMap.Load("eicu-hourly").Sources.Select(s => s.Source)];
        IEnumerable<string> rows = cells.GroupBy(c => (c.Stay, c.Seconds)).Select(g =>
            $"{g.Key.Stay},{g.Key.Seconds},{string.Join(',', columns.Select(c => g.FirstOrDefault(x => x.Column == c).Value))}");
        return $"stay_id,time,{string.Join(',', columns)}\n{string.Join('\n', rows)}\n";
    }

    private static Dictionary<string, string> Stream()
    {
        using TemporaryFolder folder = new();
        MedsCsvWriter.Write(CohortSamples.Odd(3), folder.Path);
        using System.IO.Compression.GZipStream gzip = new(File.OpenRead(Path.Combine(folder.Path, MedsCsvWriter.EventsFile)), System.IO.Compression.CompressionMode.Decompress);
        using StreamReader text = new(gzip);
        return new()
        {
            ["meds_events.csv"] = text.ReadToEnd(),
            [CohortFolder.ChannelsFile] = File.ReadAllText(Path.Combine(folder.Path, CohortFolder.ChannelsFile)),
            [CohortFolder.SchemaFile] = File.ReadAllText(Path.Combine(folder.Path, CohortFolder.SchemaFile)),
        };
    }
}
