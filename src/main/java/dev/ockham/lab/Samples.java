package dev.ockham.lab;

import java.util.Map;
import java.util.TreeMap;

/** Everyday questions in languages that the encoder was not fitted on. */
final class Samples {
  static final Map<String, String> OTHER_LANGUAGES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("am", "የኢትዮጵያ ዋና ከተማ ማን ናት? ለምንስ ተመረጠች?"),
              Map.entry("ar", "ما هي عاصمة أستراليا ولماذا اختيرت بدلا من سيدني؟"),
              Map.entry("bn", "অস্ট্রেলিয়ার রাজধানী কোনটি এবং কেন এটি বেছে নেওয়া হয়েছিল?"),
              Map.entry("el", "Ποια είναι η πρωτεύουσα της Αυστραλίας και γιατί επιλέχθηκε;"),
              Map.entry("fi", "Mikä on Australian pääkaupunki ja miksi juuri se valittiin?"),
              Map.entry("he", "מהי בירת אוסטרליה ומדוע היא נבחרה במקום סידני?"),
              Map.entry("hi", "ऑस्ट्रेलिया की राजधानी क्या है और इसे क्यों चुना गया?"),
              Map.entry("hu", "Mi Ausztrália fővárosa, és miért ezt választották Sydney helyett?"),
              Map.entry("ja", "オーストラリアの首都はどこですか。なぜ選ばれたのですか。"),
              Map.entry("ko", "호주의 수도는 어디이며 왜 시드니 대신 선택되었습니까?"),
              Map.entry("ru", "Какой город является столицей Австралии и почему выбрали его?"),
              Map.entry("sw", "Mji mkuu wa Australia ni upi na kwa nini ulichaguliwa?"),
              Map.entry("th", "เมืองหลวงของออสเตรเลียคือเมืองอะไร และทำไมจึงถูกเลือก"),
              Map.entry("tr", "Avustralya'nın başkenti neresidir ve neden Sidney yerine seçildi?"),
              Map.entry("vi", "Thủ đô của Úc là thành phố nào và tại sao nó được chọn?"),
              Map.entry("zh", "澳大利亚的首都是哪里?为什么选择它而不是悉尼?")));

  private Samples() {}
}
