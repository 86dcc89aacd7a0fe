/* The words of the page around the library's texts: Japanese in UTF-8, as octal numbers, so that every compiler reads
 * them alike. A library with Shift_JIS texts wants these in Shift_JIS. */
#ifndef WORDS_H
#define WORDS_H

/* 原因 */
#define WORD_CAUSE "\345\216\237\345\233\240"
/* 対処 */
#define WORD_ADVICE "\345\257\276\345\207\246"
/* 再試行 */
#define WORD_RETRY "\345\206\215\350\251\246\350\241\214"
/* 秒後 */
#define WORD_SECONDS "\347\247\222\345\276\214"
/* しない（設定の変更が必要です） */
#define WORD_NO_RETRY \
    "\343\201\227\343\201\252\343\201\204\357\274\210\350\250\255\345\256\232\343\201\256\345\244\211" \
    "\346\233\264\343\201\214\345\277\205\350\246\201\343\201\247\343\201\231\357\274\211"
/* 応答を読み取れません */
#define WORD_UNREADABLE \
    "\345\277\234\347\255\224\343\202\222\350\252\255\343\201\277\345\217\226\343\202\214\343\201\276" \
    "\343\201\233\343\202\223"

#endif
